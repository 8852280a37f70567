"""The command-line interface. Each command turns its options into a request, runs it, and prints a
report.

Each command has its own module, which imports what it needs only when the command runs, so that
every command starts fast.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from datetime import date
from importlib import import_module
from keyword import iskeyword

import click

from builder import __version__
from builder.cli import process

_NAMES = (
    *("new", "import", "preview", "build", "translate", "review", "approve", "export", "audit"),
    *("diff", "rehearse", "results", "state", "explain", "schema"),
)
"""The names of the commands. Each is a function in a module of the same name."""


class _LazyCommands(MutableMapping[str, click.Command]):
    """The Click commands by name; the module of a command is imported when the command is first
    used.

    Importing all of them would take a tenth of the time of a small build.
    """

    def __init__(self) -> None:
        self._known: dict[str, click.Command | None] = dict.fromkeys(_NAMES)

    def __getitem__(self, name: str) -> click.Command:
        command = self._known[name]
        if command is None:
            module = f"{name}_" if iskeyword(name) else name
            command = getattr(import_module(f"{__name__}.{module}"), module)
            self._known[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@click.group(
    cls=process.Commands,
    commands=_LazyCommands(),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Every command exits with 3 if scorm-builder itself crashes.",
)
@click.version_option(__version__, prog_name="scorm-builder")
@click.pass_context
def main(context: click.Context) -> None:
    """Compile a course folder of Markdown and YAML into one SCORM 1.2 package."""
    context.obj = _today()


def run() -> None:
    """Run the program ``scorm-builder`` in this process: the entry point of the installed
    command."""
    process.run(main)


def _today() -> date:
    return date.today()  # noqa: DTZ011 — the author's own day decides what is overdue
