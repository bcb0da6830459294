"""Foredesk: a customer-service desk whose knowledge base answers first."""
