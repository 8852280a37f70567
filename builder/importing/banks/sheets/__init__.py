"""Reads sheets of questions, CSV and workbooks: ``builder.exporting.spreadsheet`` is the format."""
