"""Imports sheets of questions from CSV files and workbooks. ``builder.exporting.spreadsheet``
defines the columns of a sheet."""
