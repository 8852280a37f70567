"""Importing again: merges an edited source into the course that was made of it."""
