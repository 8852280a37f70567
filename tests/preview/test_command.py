"""``scorm-builder preview`` as a command: what it says, refuses, and how it ends."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from tests.preview.asking import ask
from tests.preview.desk import GOOD
from tests.support import patience
from tests.support.commands import previewing


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["preview", "--no-open", *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "There is no folder “nowhere”."),
        (
            (GOOD, "--lms", "moodel"),
            "There is no simulated LMS “moodel”. Did you mean “moodle”?",
        ),
        ((GOOD, "--port", "0"), "0 is not in the range 1<=x<=65535"),
        ((GOOD, "--editor", "vi 'x"), "The editor “vi 'x” cannot be read: No closing quotation."),
        (
            (GOOD, "--editor", "kate -l {row} {file}"),
            "The editor “kate -l {row} {file}” has {row}, which stands for nothing. There are: "
            "{file}, {line}, {column}.",
        ),
    ],
)
def test_an_invalid_command_is_explained(arguments: tuple[object, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(GOOD, "--port", port)
    assert (result.exit_code, result.output) == (
        1,
        f"Port {port} is in use, perhaps by another preview. Give another port with --port, or "
        "leave out --port.\n",
    )


@pytest.mark.whole
def test_it_ends_at_once_although_windows_listen() -> None:
    command = (sys.executable, "-m", "builder", "preview", str(GOOD))
    with previewing(*command) as (process, address), previewing(*command) as (_, other):
        # Where no port was named, the next one that is free will do.
        assert other != address
        assert b"A good course" in ask(address, "GET", "/api/view")[1]
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as line:
            line.sendall(f"GET /api/events HTTP/1.1\r\nHost: {address[7:]}\r\n\r\n".encode())
            assert b"200" in line.recv(1024)
            process.send_signal(signal.SIGINT)
            assert process.wait(patience.SECONDS) == 128 + signal.SIGINT
