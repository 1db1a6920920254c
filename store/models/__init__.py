"""The tables, their states and lawful moves."""
