"""Imports question banks: Aiken, GIFT, cloze, Moodle XML and backups, H5P, QTI, spreadsheets."""
