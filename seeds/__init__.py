"""What a store may load, and the made-up world."""
