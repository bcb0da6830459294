"""GraphQL over HTTP: what a request must look like, and the status of each answer."""
