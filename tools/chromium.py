"""A Chromium for tests and tools, unpacked where the system has none; run, it prints the path.

In order: $CHROMIUM, the distribution's, the binary inside the npm package @sparticuz/chromium.
"""

import os
import platform
import shutil
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PACKED = ROOT / "node_modules/@sparticuz/chromium/bin"
UNPACKED = ROOT / ".tools/chromium"

# The binary expects its libraries and its only font where a cloud function would have them.
LAUNCHER = """\
#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/headless_shell" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


# Nothing but pages: no sandbox (CI runs as root), no services of its own, no name but loopback.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run a Chromium until the block ends."""
    # Playwright's own Node needs libatomic, which a bare Debian lacks; the tests' Node does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


def find() -> Path:
    """Return the executable, or exit with a sentence that says what to install."""
    if chosen := os.environ.get("CHROMIUM"):
        if path := shutil.which(chosen):
            return Path(path)
        sys.exit(f"chromium: $CHROMIUM is set to {chosen}, which is not an executable file")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return Path(path)
    launcher = UNPACKED / "chromium"
    if launcher.exists():
        return launcher
    if platform.system() == "Linux" and platform.machine() == "x86_64" and PACKED.exists():
        unpack(UNPACKED)
        return launcher
    sys.exit(
        "chromium: none found. Install Chromium (on Debian: the package chromium) "
        "or set CHROMIUM to the path of one."
    )


def unpack(target: Path) -> None:
    """Unpack the npm package's binary, libraries and font; complete or not at all."""
    part = target.with_name(f"{target.name}.{os.getpid()}")
    part.mkdir(parents=True)
    with (part / "headless_shell").open("wb") as out:
        out.writelines(decompress(PACKED / "chromium.br"))
    for name in ("al2023", "swiftshader", "fonts"):
        tar = part / f"{name}.tar"
        with tar.open("wb") as out:
            out.writelines(decompress(PACKED / f"{name}.tar.br"))
        with tarfile.open(tar) as archive:
            archive.extractall(part, filter="data")
        tar.unlink()
    (part / "chromium").write_text(LAUNCHER)
    (part / "fonts.conf").write_text(FONTS)
    for name in ("headless_shell", "chromium"):
        (part / name).chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def decompress(path: Path) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    with path.open("rb") as packed:
        while chunk := packed.read(1 << 20):
            yield decoder.process(chunk)


if __name__ == "__main__":
    print(find())
