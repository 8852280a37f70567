"""Counts the contents of a Word file directly from its XML, independently of the importer.

It shares only the zip limits and the names of heading styles with the importer. It makes one pass
of expat over each part, without a tree, formatting or blocks. The importer's result is compared
with these counts, so that no lost content goes unreported.
"""
