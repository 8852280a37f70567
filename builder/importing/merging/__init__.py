"""Repeated imports: merges an edited source into the course that was made from it."""
