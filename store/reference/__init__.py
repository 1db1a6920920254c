"""What every store has: standard reasons and wordings, the calendar."""
