"""Sheets of questions, in files of text and in workbooks; ``builder.spreadsheet`` says what stands
in them."""
