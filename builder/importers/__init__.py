"""What others wrote, read into one form and made into a course."""
