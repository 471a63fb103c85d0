"""Draws register pages of fictitious people: sample scans, tests, benchmarks and training are made from it."""
