"""What a process and those that it started use, and how all of them are ended."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def family(root: int) -> tuple[int, ...]:
    """A process and all that it has started, directly or not, the youngest last; itself alone
    where the system does not say."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in _PROC.glob("[0-9]*") if _PROC.is_dir() else ():
        with suppress(OSError, ValueError, IndexError):
            # The name may have spaces and brackets: the fields begin behind the last one.
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            children[int(fields[1])].append(int(folder.name))
    found = [root]
    for one in found:
        found += children[one]
    return tuple(found)


def memory(processes: tuple[int, ...]) -> int:
    """Bytes that these use; what several share is counted once. 0 where the system does not
    say."""
    total = 0
    for one in processes:
        with suppress(OSError, ValueError, IndexError):
            lines = (_PROC / str(one) / "smaps_rollup").read_text("ascii", "replace").splitlines()
            [pss] = [line.split()[1] for line in lines if line.startswith("Pss:")]
            total += int(pss) * 1024
    return total


def work(processes: tuple[int, ...]) -> float:
    """Seconds that processors have worked for these so far; 0 where the system does not say."""
    ticks = 0
    for one in processes:
        with suppress(OSError, ValueError, IndexError):
            fields = (_PROC / str(one) / "stat").read_text("utf-8", "replace").rpartition(")")[2]
            ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def end(process: subprocess.Popen[str]) -> None:
    """End a process of ours and all that it has started, whatever they are doing."""
    members = family(process.pid)
    process.kill()
    for one in members[1:]:
        with suppress(OSError):
            os.kill(one, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with suppress(OSError, subprocess.TimeoutExpired):
        process.wait(timeout=10)
