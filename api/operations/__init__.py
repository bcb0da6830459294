"""Operations: what happens to a GraphQL text between its arrival and its answer."""
