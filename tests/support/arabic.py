"""The showcase in Arabic, which is read from right to left."""

import re
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def arabic(folder: Path) -> Path:
    """Write the course into a folder that is not there yet.

    Its interface is Arabic, and so are the pages in ``tests/showcase-ar``; the other pages stay
    English, so that both directions meet.
    """
    shutil.copytree(HERE / "showcase", folder)
    shutil.copytree(HERE / "showcase-ar", folder, dirs_exist_ok=True)
    settings = folder / "course.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"^language:.*$", "language: ar", text, flags=re.M), "utf-8")
    return folder
