"""What may happen on a day of the demonstration: each module reads what is open, and says what comes next."""
