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
from tests.lms.record import TRANSCRIPTS, recorded, written
from tests.lms.situations import SITUATIONS

REAL = sorted(file for file in TRANSCRIPTS.glob("*/*.json") if file.parent.name != "moodle")
SITUATION = "status-never-set"


@pytest.mark.parametrize("name", START)
def test_a_transcript_is_recorded_again(
    name: str, started: Callable[[str], Host], browser: Browser, tmp_path: Path
) -> None:
    lms = started(name)
    again = recorded(lms, SITUATIONS[SITUATION], browser, tmp_path)
    now = json.loads(written(again).replace(lms.course, "course"))
    committed = (TRANSCRIPTS / lms.slug / f"{SITUATION}.json").read_text("utf-8")
    assert without_numbers(now) == without_numbers(json.loads(committed))


def without_numbers(transcript: dict[str, Any]) -> dict[str, Any]:
    """Without the trainee's number, which depends on who came before."""
    for visit in transcript["visits"]:
        visit["stored"].pop("1/item-1/cmi.core.student_id", None)
    return transcript


@pytest.mark.parametrize("file", REAL, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_transcript_is_of_a_situation_and_written_by_the_recorder(file: Path) -> None:
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


def test_a_host_ends_with_the_tests_even_when_they_are_killed() -> None:
    tests = subprocess.Popen([sys.executable, "-c", SLEEPER], cwd=ROOT, stdout=subprocess.PIPE)
    assert tests.stdout
    port = int(tests.stdout.readline().rsplit(b":", 1)[1])
    socket.create_connection(("127.0.0.1", port), 5).close()
    os.kill(tests.pid, signal.SIGKILL)
    tests.wait()
    tests.stdout.close()
    end = time.monotonic() + 20
    while answers(port):
        assert time.monotonic() < end
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
