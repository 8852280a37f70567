"""Courses of other tools: what talks to the LMS, and what packs them, is theirs.

Nothing of theirs is kept here: npm packages are those of package-lock.json, bundled at run time;
programs in Python have an environment of their own (``tools/setup.sh others``).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.packages import ROOT

HERE = Path(__file__).resolve().parent / "courses"
_PACK = """
const { packer, source, to, title, version, mastery } = JSON.parse(process.argv[1]);
const pack = require(packer);
pack({ version, organization: "Example", title, language: "en", identifier: "other-1",
  startingPage: "index.html", source, masteryScore: mastery,
  package: { zip: true, name: title, author: "Example", outputFolder: to, version: "1.0.0" },
}, () => {});
"""
_SPHINX = ROOT / ".tools/others/sphinx/bin/sphinx-build"
_LIASCRIPT = "@liascript/simple-scorm-packager"


@dataclass(frozen=True, slots=True)
class Other:
    """A course of another tool."""

    source: str
    """Its script, in ``courses/``, which names what it is bundled with; or the folder from which
    its tool makes all of it."""
    tool: str
    """What talks to the LMS, as its registry names it."""
    mastery: int = 80
    """What the packager writes where nobody says another one."""
    packer: str = "simple-scorm-packager"
    version: str = "1.2"


OTHERS: Mapping[str, Other] = {
    "gamestdio": Other("gamestdio.js", "@gamestdio/scorm"),
    "pipwerks": Other("pipwerks.js", "pipwerks-scorm-api-wrapper"),
    "pipwerks-example": Other("pipwerks-example.js", "pipwerks-scorm-api-wrapper"),
    "react": Other("react.js", "react-scorm-provider"),
    "react-hooks": Other(
        "react-hooks.js", "@code-by-dwayne/react-scorm-provider", packer=_LIASCRIPT
    ),
    "saw": Other("saw.js", "scorm-api-wrapper"),
    "sphinx": Other("sphinx", "plct-bulder-for-sphinx"),
}
"""Packages of SCORM 1.2."""
LATER: Mapping[str, Other] = {
    "later-4": Other("later.js", "pipwerks-scorm-api-wrapper", version="2004 4th Edition"),
    "later-3": Other(
        "later.js", "pipwerks-scorm-api-wrapper", packer=_LIASCRIPT, version="2004 3rd Edition"
    ),
}
"""Packages of SCORM 2004, whose files alone are looked at."""
_ALL = {**OTHERS, **LATER}


def _run(*args: str) -> None:
    subprocess.run(args, check=True, cwd=ROOT, capture_output=True, timeout=60)


def built(name: str, folder: Path) -> Path:
    """The package of a course as a zip in ``folder``."""
    other = _ALL[name]
    source = folder / "source"
    source.parent.mkdir(parents=True, exist_ok=True)
    if (HERE / other.source).is_dir():
        return _by_sphinx(other, folder)
    return _packed(name, _bundled(other, source), folder / "packed")


def _bundled(other: Other, source: Path) -> Path:
    source.mkdir()
    shutil.copy(HERE / "index.html", source)
    _run(
        str(ROOT / ".venv/bin/node"),
        str(ROOT / "node_modules/esbuild/bin/esbuild"),
        str(HERE / other.source),
        "--bundle",
        "--loader:.js=jsx",
        '--define:process.env.NODE_ENV="production"',
        f"--outfile={source / 'course.js'}",
        "--log-level=error",
    )
    return source


def _packed(name: str, source: Path, to: Path) -> Path:
    other = _ALL[name]
    to.mkdir()
    asked = {
        "packer": other.packer,
        "source": str(source),
        "to": str(to),
        "title": name,
        "version": other.version,
        "mastery": other.mastery,
    }
    _run(str(ROOT / ".venv/bin/node"), "-e", _PACK, json.dumps(asked))
    (made,) = to.glob("*.zip")
    return made


def _by_sphinx(other: Other, folder: Path) -> Path:
    """A course that the Sphinx builder of petlja.org packs: a player; the pages lie elsewhere."""
    options = (
        "project=Hand washing",
        "extensions=plct_bulder_for_sphinx.builder.plct_builder",
        "additional_build_targets=scorm",
        "content_uri=https://example.org/hand-washing",
    )
    settings = [part for option in options for part in ("-D", option)]
    target = ("-C", "-q", "-b", "plct_builder", *settings)
    _run(str(_SPHINX), *target, str(HERE / other.source), str(folder / "made"))
    (made,) = (folder / "made/scorm").glob("*_scorm.zip")
    (folder / "packed").mkdir()
    return Path(shutil.move(made, folder / "packed"))
