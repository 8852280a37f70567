"""Every LMS of the table: each profile with its variants, and each real host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from typing import Any

from tests.lms.hosts.table import START
from tests.lms.lms import Lms
from tests.lms.simulated import node, simulated

Fresh = Callable[[], Lms]


@contextmanager
def _profile(slug: str, settings: Mapping[str, Any]) -> Iterator[Fresh]:
    with ExitStack() as stack:

        def fresh() -> Lms:
            return stack.enter_context(simulated(None, slug, **settings))

        yield fresh


def columns() -> dict[str, Callable[[], AbstractContextManager[Fresh]]]:
    """What starts each LMS, by its name; the value of the block makes one for each scenario."""
    found: dict[str, Callable[[], AbstractContextManager[Fresh]]] = {**START}
    for slug in node()("profiles"):
        about = node()("describe", slug)
        for label, settings in {"": {}, **about["variants"]}.items():
            name = f"{about['name']}, {label}" if label else about["name"]
            found[f"{name}, simulated"] = partial(_profile, slug, settings)
    return found
