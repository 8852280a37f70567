"""The second reader: counts what a Word file holds, straight from its XML.

It shares with the reader only the bounds of the zip and what headings are called, and works
another way: one pass of expat over each part, with no tree, no looks worked out and no blocks made.
What the reader gives is held against it, so that nothing is lost without a word.
"""
