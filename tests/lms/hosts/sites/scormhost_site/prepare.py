"""scormhost before the first visit: its database, empty."""

import os
from pathlib import Path

from scormhost import create_scorm_app
from scormhost.migrate import run_migrations

folder = Path(os.environ["SITE"])
app = create_scorm_app(data_dir=folder)
run_migrations(app.state.settings.database_url)
