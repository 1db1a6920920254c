"""What happened to a case, a payment, a batch or an item: a file for each."""
