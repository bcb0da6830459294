"""Management: people, roles, teams, organizations and absences, and who changed what of them."""
