"""The proof that compiled execution answers as graphql-core does."""
