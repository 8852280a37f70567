"""``make planted``: plants each fault of ``table.py`` in a copy of the checkout, one at a time, and
runs the test that must catch it.

Names of faults select some. ``--write`` writes the table in ``tests/README.md`` instead. Exits with
1 if a fault is not caught.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.planted.table import DOCUMENT, FAULTS, ROOT, Fault, compose
from tests.support.node import node

LINKED = (".venv", "node_modules", ".tools")
"""What the copy shares with the checkout: installed programs and packages."""
TIMEOUT = 600
"""Seconds for one command."""
WAIT = 30
"""Seconds that a test in the copy waits for what must come."""
_PATIENCE = re.compile(r"^(SECONDS = )\d+$", re.MULTILINE)
_VERSION = re.compile(r'(__version__ = ")[^"]*')
_MARK = "0.planted"
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+::\w+)\S*(?: - (.*))?", re.MULTILINE)
_LENGTH = 100
"""Maximum number of characters of a failure that are printed."""


def _replaced(pattern: re.Pattern[str], new: str, path: Path) -> str:
    """The text of a file in which ``new`` replaces the only place that matches ``pattern``. Raises
    ``ValueError`` if there is no such place."""
    text, number = pattern.subn(new, path.read_text("utf-8"))
    if number != 1:
        raise ValueError(f"{path} has {number} places like {pattern.pattern}")
    return text


class Copy:
    """A copy of the checkout as it is now. What runs in it uses the modules, templates and tests of
    the copy; ``prove`` shows that."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        self._temporary = folder
        self._environment = os.environ | {
            # The environment in .venv has an editable install of the checkout, which comes later.
            "PYTHONPATH": str(self.root),
            "PYTHONPYCACHEPREFIX": str(folder / "pycache"),
            "PYTHONDONTWRITEBYTECODE": "",
            # Pytest cuts messages off at this width.
            "COLUMNS": "400",
        }
        listed = subprocess.run(
            ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in listed.stdout.split("\0"):
            if name and name not in LINKED and (ROOT / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)
        for name in LINKED:
            (self.root / name).symlink_to(ROOT / name)
        # Many faults make a test wait for what never comes.
        patience = self.root / "tests/support/patience.py"
        patience.write_text(_replaced(_PATIENCE, rf"\g<1>{WAIT}", patience), "utf-8")

    def run(self, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command in the copy, or in ``cwd``."""
        return subprocess.run(
            command,
            cwd=cwd or self.root,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            stdin=subprocess.DEVNULL,
        )

    def prove(self) -> None:
        """Show that commands run the copy, wherever they start: as its version, they say what is
        planted in it. Raises ``RuntimeError`` otherwise."""
        module = self.root / "builder/__init__.py"
        text = module.read_text("utf-8")
        module.write_text(_replaced(_VERSION, rf"\g<1>{_MARK}", module), "utf-8")
        script = Path(sys.executable).with_name("scorm-builder")
        where = f"from builder.base import resources; print(resources.path('../{_MARK}').resolve())"
        for command in (
            (sys.executable, "-m", "builder", "--version"),
            (str(script), "--version"),
            (sys.executable, "-c", where),
        ):
            found = self.run(*command, cwd=self._temporary)
            shown = found.stdout.strip()
            if not shown.endswith(_MARK) or (shown[0] == "/" and shown != f"{self.root}/{_MARK}"):
                raise RuntimeError(f"{command} does not run the copy: {found.stdout}{found.stderr}")
        module.write_text(text, "utf-8")

    @contextmanager
    def planted(self, fault: Fault) -> Iterator[None]:
        """The copy with a fault. A fault in a module of the player is linked into it."""
        file = self.root / fault.file
        text = file.read_text("utf-8")
        file.write_text(fault.planted(text), "utf-8")
        try:
            self._link(fault)
            yield
        finally:
            file.write_text(text, "utf-8")
            self._link(fault)

    def _link(self, fault: Fault) -> None:
        if fault.file.endswith((".ts", ".css")):
            made = self.run(node(), "tools/player.mjs")
            if made.returncode:
                raise RuntimeError(made.stderr)

    def failures(self, tests: Sequence[str]) -> list[tuple[str, str]]:
        """Run tests until one fails, without a second try; returns its name and message. Raises
        ``RuntimeError`` if they cannot be run."""
        options = ("-n", "0", "-q", "-x", "-rfE", "--tb=line", "-p", "no:cacheprovider")
        folder = f"--basetemp={self._temporary / 'tests'}"
        once = "--max-suite-reruns=0"
        result = self.run(sys.executable, "-m", "pytest", *options, once, folder, *tests)
        found = [(one[1], one[2] or "") for one in _FAILED.finditer(result.stdout)]
        if result.returncode not in (0, 1) or bool(result.returncode) != bool(found):
            raise RuntimeError(result.stdout + result.stderr)
        return found


def plant_all(faults: Sequence[Fault]) -> int:
    """Plant the faults one after the other; returns the number of those that no test catches."""
    missed = 0
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        copy = Copy(Path(name).resolve())
        copy.prove()
        tests = list(dict.fromkeys(fault.caught_by for fault in faults))
        print(f"{len(tests)} tests without a fault", flush=True)
        for test, message in copy.failures(tests):
            raise SystemExit(f"{test} fails without a fault: {message}")
        for number, fault in enumerate(faults, start=1):
            began = time.monotonic()
            with copy.planted(fault):
                found = copy.failures([fault.caught_by])
            result = f"NOT CAUGHT by {fault.caught_by}. Again: make planted ONLY={fault.name}"
            for test, message in found:
                result = f"caught by {test}: {message[:_LENGTH]}"
            missed += not found
            taken = f"{time.monotonic() - began:.0f} s"
            print(f"{number} of {len(faults)}, {taken}: {fault.name}, {result}", flush=True)
    print(f"{len(faults)} faults, {missed} not caught")
    return missed


def main(arguments: Sequence[str]) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.planted", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="plant only these faults")
    parser.add_argument("--write", action="store_true", help="write the table in tests/README.md")
    given = parser.parse_args(arguments)
    if given.write:
        DOCUMENT.write_text(compose(DOCUMENT.read_text("utf-8")), "utf-8")
        return 0
    known = [fault.name for fault in FAULTS]
    if unknown := [name for name in given.names if name not in known]:
        print(f"planted: no {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    chosen = [fault for fault in FAULTS if not given.names or fault.name in given.names]
    return int(plant_all(chosen) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
