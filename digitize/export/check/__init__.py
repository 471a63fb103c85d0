"""Looking a transfer package over, whoever made it: opened, files, rows, each against each."""
