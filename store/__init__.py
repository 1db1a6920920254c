"""The domain and its database; knows nothing of terminals."""
