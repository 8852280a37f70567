"""The server of ``scorm-builder preview``: rebuilds what changed, and notifies the browser."""
