"""What every feed is: one file a feed."""
