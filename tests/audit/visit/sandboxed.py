"""Which of the browser's processes are in its sandbox: a program, for another user than root.

Prints a JSON object: ``renderers``, a list of [seccomp mode, process-id namespaces] of each process
that runs a page of a package; or ``refused``, where the browser cannot keep its sandbox.
"""

import json
import os
import sys
from pathlib import Path

from builder.audit.visit import browsers
from builder.audit.visit.jail import NoSandboxError, jail
from builder.preview.lms import running


def renderers() -> list[list[int]]:
    found = []
    for process in browsers.process_tree(os.getpid()):
        own = Path("/proc", str(process))
        if b"--type=renderer" in (own / "cmdline").read_bytes():
            status = dict(
                line.split(":\t", 1)
                for line in (own / "status").read_text("utf-8").splitlines()
                if ":\t" in line
            )
            found.append([int(status["Seccomp"]), len(status["NSpid"].split())])
    return found


def main(package: str, browser: str) -> None:
    try:
        with (
            running(Path(package)) as lms,
            jail(Path(browser), lms.address) as jailed,
            jailed.trainee() as context,
        ):
            context.new_page().goto(f"{lms.address}/content/index.html")
            print(json.dumps({"renderers": renderers()}))
    except NoSandboxError:
        print(json.dumps({"refused": True}))


if __name__ == "__main__":
    main(*sys.argv[1:])
