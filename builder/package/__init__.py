"""Makes a verified package (a zip) from a course, in stages: plan, render, manifest, key, archive,
verify."""
