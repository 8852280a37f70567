"""Exports a course as documents for people, and as question banks for other programs."""
