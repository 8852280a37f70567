"""The intermediate form of imported documents, between reading and writing."""
