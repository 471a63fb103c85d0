"""make bench-desk: how fast the review desk is, how many officers one process serves, what suggestions save."""
