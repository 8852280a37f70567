"""The package's HTML holds to the standard and to the rules of html-validate for everybody."""

import json
import re
import subprocess
import sys
from html import escape
from pathlib import Path

from tests.conftest import ROOT

CONFIG = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        "doctype-style": ["error", {"style": "lowercase"}],
        "form-dup-name": ["error", {"shared": ["radio", "checkbox"]}],
        # The course's own title is what it is.
        "long-title": "off",
    },
}
PAGE = (
    '<!doctype html>\n<html lang="en"><head><title>Page</title></head>'
    "<body><main>{}</main></body></html>\n"
)


def documents(unpacked: Path) -> dict[str, str]:
    """Every page of a package as a document of its own."""
    found = {"index.html": (unpacked / "index.html").read_text("utf-8")}
    for path in sorted((unpacked / "pages").iterdir()):
        source = path.read_text("utf-8")
        chunk = re.fullmatch(r'scormBuilder\.add\("page","[^"]+",(.*)\);\n', source)
        assert chunk
        page = json.loads(chunk[1])
        found[f"{path.stem}.html"] = PAGE.format(page["html"])
        for name, form in page["forms"].items():
            found[f"{path.stem}-{name}.html"] = PAGE.format(f"<h1>{escape(name)}</h1>{form}")
    return found


def test_every_page_is_valid(unpacked: Path, tmp_path: Path) -> None:
    for name, document in documents(unpacked).items():
        (tmp_path / name).write_text(document, "utf-8")
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(CONFIG | {"root": True}), "utf-8")
    node = Path(sys.executable).with_name("node")
    validate = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
    result = subprocess.run(
        [node, validate, "--formatter", "text", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (result.returncode, result.stdout) == (0, "")
