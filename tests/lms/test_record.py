"""The transcripts are what the real LMSs do, at the versions that are locked."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.lms.hosts.environment import ROOT
from tests.lms.hosts.host import Host
from tests.lms.hosts.table import START
from tests.lms.record import can, recorded, written
from tests.lms.situations import SITUATIONS
from tests.lms.verified import TRANSCRIPTS
from tests.support import patience

REAL = sorted(file for file in TRANSCRIPTS.glob("*/*.json") if file.parent.name != "moodle")
STUDENT = "cmi.core.student_id"


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("situation", ["status-never-set", "refused-at-once"])
@pytest.mark.parametrize("name", START)
def test_a_transcript_is_recorded_again(
    name: str, situation: str, started: Callable[[str], Host], browser: Browser, tmp_path: Path
) -> None:
    lms = started(name)
    if not can(lms, SITUATIONS[situation]):
        assert not (TRANSCRIPTS / lms.slug / f"{situation}.json").exists()
        return
    again = recorded(lms, SITUATIONS[situation], browser, tmp_path)
    now = json.loads(written(again).replace(lms.course, "course"))
    committed = (TRANSCRIPTS / lms.slug / f"{situation}.json").read_text("utf-8")
    assert steady(now) == steady(json.loads(committed))


def steady(transcript: dict[str, Any]) -> dict[str, Any]:
    """Without what differs each time: the trainee's number, which depends on who came before, and
    what chance decides."""
    for visit in transcript["visits"]:
        for step in visit.get("steps", []):
            if "at once" in step:
                step["sent"] = [[one for one in told if one[0] != STUDENT] for told in step["sent"]]
                step["stored"] = {} if transcript.get("by chance") else others(step["stored"])
        visit["stored"] = others(visit["stored"])
    return transcript


def others(stored: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in stored.items() if not name.endswith(STUDENT)}


@pytest.mark.parametrize("file", REAL, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_transcript_matches_its_situation_and_recorder_format(file: Path) -> None:
    text = file.read_text("utf-8")
    assert written(json.loads(text)) == text
    assert json.loads(text)["about"] == SITUATIONS[file.stem].about


SLEEPER = """
import time
from tests.lms.hosts.environment import running
with running("scormhost") as host:
    print(host.address, flush=True)
    time.sleep(600)
"""


@pytest.mark.thorough
def test_host_process_ends_when_tests_are_killed() -> None:
    tests = subprocess.Popen([sys.executable, "-c", SLEEPER], cwd=ROOT, stdout=subprocess.PIPE)
    assert tests.stdout
    port = int(tests.stdout.readline().rsplit(b":", 1)[1])
    socket.create_connection(("127.0.0.1", port), 5).close()
    os.kill(tests.pid, signal.SIGKILL)
    tests.wait()
    tests.stdout.close()
    end = time.monotonic() + patience.SECONDS
    while answers(port):
        assert time.monotonic() < end
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
