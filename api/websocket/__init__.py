"""GraphQL over WebSocket by the graphql-transport-ws protocol, and no other."""
