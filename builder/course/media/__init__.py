"""Images, recordings and captions: which kinds browsers show, and whether a file is whole."""
