"""Repeated imports: writes a changed source into the course that was made from it, and adds
question banks to any course. Files that the author has changed are never overwritten."""
