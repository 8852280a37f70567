"""Images, recordings and captions: which formats browsers show, and whether a file is complete."""
