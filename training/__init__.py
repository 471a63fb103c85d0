"""Everything that made the recogniser: what register lines say, how they look, and the training itself."""
