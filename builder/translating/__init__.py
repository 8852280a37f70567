"""Translations of a course: makes and updates PO files, and exchanges them with translators."""
