"""Banks of questions in files of text: a reader for each format, and another that counts what a
file holds and shares no code with it."""
