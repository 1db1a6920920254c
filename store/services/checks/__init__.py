"""What a check of the store recomputes: one derived thing a file, with its differences and its mending."""
