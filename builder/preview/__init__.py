"""The warm server of ``scorm-builder preview``: it builds what changed, and tells the browser."""
