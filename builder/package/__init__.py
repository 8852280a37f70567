"""From a valid course to a verified zip: plan, render, manifest, key, archive, verify."""
