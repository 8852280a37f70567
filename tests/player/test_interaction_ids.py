"""The ids under which the player reports answers are those of the key beside the package."""

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from tests.player.conftest import Player


def every_answer(asked: dict[str, Any]) -> str:
    """A response that answers every part of a question."""
    if asked["items"]:
        return "".join(item["id"] + asked["options"][0]["id"] for item in asked["items"])
    return asked["options"][0]["id"] if asked["options"] else "1"


def test_the_ids_are_those_that_the_player_sends(player: Player, showcase_package: Path) -> None:
    sent = []
    beside = showcase_package.with_name(f"{showcase_package.stem}-key.csv")
    with zipfile.ZipFile(showcase_package) as archive:
        outline = json.loads(archive.read("course.json"))
        pages = {}
        for name in archive.namelist():
            if found := re.fullmatch(r"pages/(.+)-[0-9a-f]{10}\.js", name):
                chunk = archive.read(name).decode()
                pages[found[1]] = json.loads(chunk[chunk.index(",{") + 1 : chunk.rindex(")")])
        first = re.search(
            r'<script type="application/json" id="first-page">(.*?)</script>',
            archive.read("index.html").decode(),
        )
        assert first
        pages[outline["pages"][0]["id"]] = json.loads(first[1])
    for entry in outline["pages"]:
        scored = "test-out" if entry["kind"] == "test-out" else "quiz"
        for use, names in (("practice", entry["checks"]), (scored, entry["quiz"])):
            for name in names:
                asked = pages[entry["id"]]["questions"][name]
                reported = player("reported", asked["type"], asked, every_answer(asked))
                answer = {"page": entry["id"], "question": asked, "reported": reported}
                room = "quiz" if use == "quiz" else "practice"
                given = answer | {"use": room, "credit": 0, "latency": 0}
                told = player("interactions", {"count": "0", "steps": [["add", given], ["values"]]})
                sent += [(value, use) for element, value in told[1] if element.endswith(".id")]
        for scene in entry.get("scenario", {"scenes": ()})["scenes"]:
            for choice in scene["choices"][:1]:
                decided = player("decision", entry, scene, choice["id"], 0)
                told = player(
                    "interactions", {"count": "0", "steps": [["add", decided], ["values"]]}
                )
                sent += [
                    (value, "scenario") for element, value in told[1] if element.endswith(".id")
                ]
    with beside.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(one["Interaction"], one["Use"]) for one in found] == sent
    assert len(sent) > 10
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,255}", name) for name, _ in sent)
