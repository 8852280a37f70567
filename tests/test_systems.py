"""What docs/lms.md says of learning systems is what the profiles and recordings show."""

import re

from builder.audit import SYSTEMS
from builder.preview.lms import PROFILES
from tests.lms.simulated import node
from tools import systems


def test_the_table_is_what_the_profiles_say() -> None:
    text = systems.DOCUMENT.read_text("utf-8")
    assert text == systems.compose(text), "Run: make systems"
    for slug in node()("profiles"):
        assert f"\n| {node()('describe', slug)['name']} |" in text


def test_commands_know_every_profile() -> None:
    profiles = sorted(node()("profiles"))
    assert list(PROFILES) == profiles
    assert set(profiles) <= set(SYSTEMS)


def test_what_is_called_verified_by_hand_is_verified() -> None:
    """The first table of the page has the names that the audit uses."""
    slugs = {
        system.name.replace("’", "'"): system.id
        for system in SYSTEMS.values()
        if system.id in PROFILES and system.id != "strict"
    }
    text = systems.DOCUMENT.read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \| .+ \| (verified|simulated|documented) \|$", text, re.MULTILINE)
    claimed = dict(rows)
    assert set(slugs) == {name for name, known in rows if known != "documented"}
    for name, slug in slugs.items():
        assert claimed[name] == ("verified" if systems.verified(slug) else "simulated")
