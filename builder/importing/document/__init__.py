"""The form of an imported document between its reader and the writer of the course."""
