"""Code that knows nothing of courses, packages or formats: values, cache, files, zips, printing."""
