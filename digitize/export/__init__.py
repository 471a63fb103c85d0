"""Entries leave: the Ministry's Excel, one PDF per entry, the transfer package."""
