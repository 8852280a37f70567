"""Reads and validates course folders, and defines the model of a valid course."""
