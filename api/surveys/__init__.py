"""Surveys: what people are asked after a request, and what they answered."""
