"""One problem found in a course or a package, and the catalogue of all codes."""
