"""The made-up world: a year of one-card payments in Neijiang, the same bytes for the same arguments."""
