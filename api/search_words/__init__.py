"""Words of searches, and the questions that test them."""
