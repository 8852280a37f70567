"""The Chromium and the fonts of tests and tools, the same on every machine.

The browser is the binary inside the npm package @sparticuz/chromium, the fonts are those of
dejavu-fonts-ttf; what the machine has of both is left out. Only ``$CHROMIUM`` names another one.
Run, this file unpacks the browser and prints its path.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "node_modules/@sparticuz/chromium"
FONT_FILES = ROOT / "node_modules/dejavu-fonts-ttf/ttf"
UNPACKED = ROOT / ".tools/chromium"
FONTS = ROOT / ".tools/fonts"

# The binary expects its libraries where a cloud function would have them.
LAUNCHER = """\
#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$here/headless_shell" "$@"
"""
# It includes no file of the machine. Hinting is Debian's.
FONT_RULES = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{files}</dir>
  <cachedir>{cache}</cachedir>
  <selectfont><rejectfont><glob>*Math*</glob></rejectfont></selectfont>
  {aliases}
  <match target="pattern">
    <edit name="hinting" mode="append"><bool>true</bool></edit>
    <edit name="hintstyle" mode="append"><const>hintslight</const></edit>
  </match>
</fontconfig>
"""
ALIAS = "<alias><family>{}</family><prefer><family>DejaVu {}</family></prefer></alias>"
GENERIC = {
    "sans-serif": "Sans",
    "system-ui": "Sans",
    "ui-sans-serif": "Sans",
    "serif": "Serif",
    "monospace": "Sans Mono",
    "ui-monospace": "Sans Mono",
}


# Nothing but pages: no sandbox (CI runs as root), no services of its own, no name but loopback.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *localhost",
)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run a Chromium with the tests' fonts until the block ends."""
    from playwright.sync_api import sync_playwright

    # Playwright's own Node needs libatomic, which a bare Debian lacks; the tests' Node does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))
    if said := named():
        print(said, file=sys.stderr)
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts())}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS, env=environment)
        yield browser
        browser.close()


def named() -> str | None:
    """What to say where the browser is not the tests' own."""
    chosen = os.environ.get("CHROMIUM")
    return f"chromium: {chosen}, as CHROMIUM says, not the browser of the tests" if chosen else None


def find() -> Path:
    """Return the executable, or exit with a sentence that says what to set."""
    if chosen := os.environ.get("CHROMIUM"):
        if path := shutil.which(chosen):
            return Path(path)
        sys.exit(f"chromium: $CHROMIUM is set to {chosen}, which is not an executable file")
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        sys.exit(
            "chromium: the browser of the tests runs on Linux on x86-64 only; "
            "set CHROMIUM to the path of a Chromium or Chrome of this machine."
        )
    folder = UNPACKED / str(json.loads((PACKAGE / "package.json").read_text("utf-8"))["version"])
    if not folder.exists():
        unpack(folder)
    return folder / "chromium"


def started(executable: Path) -> Path:
    """The executable, once it has started; or exit with a sentence that says what to set."""
    try:
        run = subprocess.run([executable, "--version"], capture_output=True, text=True)
        reason = run.stderr.strip().rpartition("\n")[2] if run.returncode else ""
    except OSError as error:
        reason = str(error.strerror)
    if reason:
        sys.exit(
            f"chromium: {executable.name} does not start on this machine ({reason}); set CHROMIUM "
            "to the path of another Chromium or Chrome."
        )
    return executable


def fonts() -> Path:
    """Write the configuration of fontconfig that knows only the tests' fonts; gives its path."""
    text = FONT_RULES.format(
        files=FONT_FILES,
        cache=FONTS / "cache",
        aliases="\n  ".join(ALIAS.format(*row) for row in GENERIC.items()),
    )
    path = FONTS / "fonts.conf"
    if not path.exists() or path.read_text("utf-8") != text:
        FONTS.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.write_text(text, "utf-8")
        part.replace(path)
    return path


def unpack(target: Path) -> None:
    """Unpack the npm package's binary and libraries; complete or not at all."""
    part = target.with_name(f"{target.name}.{os.getpid()}")
    part.mkdir(parents=True)
    with (part / "headless_shell").open("wb") as out:
        out.writelines(decompress(PACKAGE / "bin/chromium.br"))
    for name in ("al2023", "swiftshader"):
        tar = part / f"{name}.tar"
        with tar.open("wb") as out:
            out.writelines(decompress(PACKAGE / f"bin/{name}.tar.br"))
        with tarfile.open(tar) as archive:
            archive.extractall(part, filter="data")
        tar.unlink()
    (part / "chromium").write_text(LAUNCHER)
    for name in ("headless_shell", "chromium"):
        (part / name).chmod(0o755)
    try:
        part.rename(target)
    except OSError:
        # Another process was faster; its browser may run already.
        shutil.rmtree(part)


def decompress(path: Path) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    with path.open("rb") as packed:
        while chunk := packed.read(1 << 20):
            yield decoder.process(chunk)


if __name__ == "__main__":
    print(started(find()))
