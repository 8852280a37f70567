"""What a course can be written as besides a package: documents for people."""
