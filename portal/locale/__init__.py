"""The catalogues: every sentence of the portal in every language it speaks."""
