"""The desk that the benchmark asks: large, lopsided, and as our own code would have written it."""
