"""General code that does not depend on courses, packages or formats: immutable values, a cache,
files, zips, and text for terminals."""
