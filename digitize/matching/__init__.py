"""The people of an entry are looked for in the population database: block, compare, decide."""
