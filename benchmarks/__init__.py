"""One command each (make bench-NAME): prints a table and a line of JSON; decides nothing."""
