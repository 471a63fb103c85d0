"""Running the plan: what books exist, where they are, whether they are whole, how far the work is. Pure."""
