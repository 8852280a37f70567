"""The outline of a package is read whatever the file is, and nothing raises."""

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import updating
from builder.cli.report import comparison, rehearsal
from builder.package.artifacts import OUTLINE
from builder.package.outline import to_json
from builder.package.plan import plan
from builder.package.render import render
from tests.support.courses import COURSE
from tests.verify.packages import SOUND, pack

MADE = {member.name: member.read() for member in render(plan(COURSE))}
OUTLINED = json.loads(MADE[OUTLINE])

BROKEN_OFF = (
    "it is not a zip file, or its end is missing, for example after an interrupted download"
)


def refusal(path: Path) -> str:
    outline, [found] = updating.read(path)
    assert outline is None
    assert (found.code, str(found.position)) == ("package-foreign", path.name)
    return found.message.removeprefix("This package cannot be read: ").removesuffix(".")


def outlined(path: Path, text: bytes) -> Path:
    return pack(path, {OUTLINE: text})


def test_our_package_is_read_whole(tmp_path: Path) -> None:
    outline, found = updating.read(pack(tmp_path / "course.zip", MADE))
    assert found == ()
    assert outline is not None
    assert outline.identifiers.item == "sco-331ecd6b8f-first-aid"
    assert [page.id for page in outline.pages] == ["first", "second", "quiz", "record"]
    assert [page.key for page in outline.pages] == [page.key for page in COURSE.pages]
    [quiz] = [page.rules for page in outline.pages if page.rules]
    assert (quiz.pass_mark, quiz.fixed, quiz.draws) == (80, ("quoted", "several"), ())
    assert outline.question("several").answer == {
        "right": ["a", "c"],
        "multiple": True,
        "credit": "all",
    }


def test_the_checkouts_own_packages_are_read(package: Path, showcase_package: Path) -> None:
    for path in (package, showcase_package):
        outline, found = updating.read(path)
        assert found == ()
        assert outline is not None


def test_what_is_no_package_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "course.zip"
    assert refusal(path).startswith("it cannot be opened")
    path.write_text("PK is not all there is to a zip")
    assert refusal(path) == BROKEN_OFF
    assert refusal(pack(path, SOUND)) == ("it has no course.json, so scorm-builder did not make it")
    assert refusal(outlined(path, b"{")) == "its course.json is not JSON"
    assert refusal(outlined(path, b"[" * 200_000)) == "its course.json is not JSON"
    assert refusal(outlined(path, b"\xff{}")) == "its course.json is not JSON"
    assert refusal(outlined(path, b'{"courses": []}')) == "its course.json is of another tool"
    assert refusal(outlined(path, b'{"format": 2}')) == (
        "its course.json is of another version of scorm-builder"
    )


def test_what_is_read_is_all_that_was_written(package: Path, showcase_package: Path) -> None:
    for path in (package, showcase_package):
        outline, _ = updating.read(path)
        with zipfile.ZipFile(path) as archive:
            assert to_json(outline) == json.loads(archive.read(OUTLINE))


@pytest.mark.parametrize(
    "path",
    [("pages", 0, "key"), ("tracking", "pass_mark"), ("tracking", "keep"), ("edition",)],
)
def test_what_is_missing_is_named(path: tuple[str | int, ...], tmp_path: Path) -> None:
    value = json.loads(MADE[OUTLINE])
    *outer, last = path
    place = value
    for step in outer:
        place = place[step]
    del place[last]
    name = ".".join(str(step) for step in path if isinstance(step, str))
    assert refusal(outlined(tmp_path / "a.zip", json.dumps(value).encode())) == (
        f"“{name}” is missing in its course.json"
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"pages": {}}, "“pages” in its course.json is not what it should be"),
        ({"draft": 1}, "“draft” in its course.json is not what it should be"),
        ({"worst_state": True}, "“worst_state” in its course.json is not what it should be"),
        ({"pages": [], "modules": []}, "its course.json does not hold together"),
        ({"questions": []}, "its course.json does not hold together"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    changed: dict[str, object], problem: str, tmp_path: Path
) -> None:
    text = json.dumps(OUTLINED | changed).encode()
    assert refusal(outlined(tmp_path / "a.zip", text)) == problem


@pytest.mark.whole
def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = outlined(tmp_path / "bomb.zip", b" " * (64 << 20))
    assert refusal(path) == "“course.json” unpacks to more than 250 times its size"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(OUTLINE, b" " * (33 << 20))
    assert refusal(path) == "“course.json” is larger than 32 MiB"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@pytest.mark.whole
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_outline_is_read_or_refused(data: st.DataObject) -> None:
    value = json.loads(MADE[OUTLINE])
    place = value
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        step = data.draw(st.sampled_from(keys))
        inner = place[step]
        if not isinstance(inner, dict | list) or data.draw(st.booleans()):
            place[step] = data.draw(JSON)
            break
        place = inner
    whole = updating.parse(MADE[OUTLINE])
    with suppress(updating.UnreadableError):
        odd = updating.parse(json.dumps(value).encode())
        for old, new in ((whole, odd), (odd, whole), (odd, odd)):
            found = updating.compare(old, new)
            assert comparison.text(found)
            assert comparison.as_json(found)
            output = updating.rehearse(old, new, updating.stages(old))
            assert rehearsal.text(output, details=True)


@pytest.mark.whole
@settings(max_examples=100)
@given(start=st.integers(0, 2000), noise=st.binary(max_size=40))
def test_a_damaged_zip_is_read_or_refused(start: int, noise: bytes, tmp_path_factory) -> None:
    path = tmp_path_factory.mktemp("zip") / "a.zip"
    whole = bytearray(pack(path, {OUTLINE: MADE[OUTLINE]}).read_bytes())
    at = start % len(whole)
    whole[at : at + len(noise)] = noise
    path.write_bytes(whole)
    outline, found = updating.read(path)
    assert (outline is None) == bool(found)


NO_CIRCLE = "its course.json does not hold together"
NO_ANSWER = "the answer to “quoted” in its course.json does not fit its type"


@pytest.mark.parametrize(
    ("steps", "value", "problem"),
    [
        (("pages", 2, "rules", "weight"), 0, "“pages.rules.weight”"),
        (("pages", 2, "rules", "weight"), 10**400, "“pages.rules.weight”"),
        (("questions", 0, "weight"), -1, "“questions.weight”"),
        (("tracking", "pass_mark"), 101, "“tracking.pass_mark”"),
        (("pages", 0, "key"), "AAAAA", "“pages.key”"),
        (("questions", 0, "room"), float("nan"), "its course.json is not JSON"),
        (("questions", 0, "weight"), float("inf"), "its course.json is not JSON"),
        (("questions", 0, "answer"), {}, NO_ANSWER),
        (("questions", 0, "answer", "right"), ["z"], NO_ANSWER),
        (("questions", 0, "options"), ["a", "a"], NO_ANSWER),
        (("questions", 0, "type"), "numeric", NO_ANSWER),
        (("pages", 2, "rules", "fixed"), ["nowhere"], NO_CIRCLE),
        (("pages", 2, "rules", "draws"), [{"count": 2, "from": ["quoted"]}], NO_CIRCLE),
        (("pages", 1, "lock"), {"pages": ["second"]}, NO_CIRCLE),
        (("modules", 0, "lock"), {"passed": ["quiz"]}, NO_CIRCLE),
    ],
)
def test_what_no_course_can_have_is_refused(
    steps: tuple[str | int, ...], value: object, problem: str, tmp_path: Path
) -> None:
    changed = json.loads(MADE[OUTLINE])
    *outer, last = steps
    place = changed
    for step in outer:
        place = place[step]
    place[last] = value
    found = refusal(outlined(tmp_path / "a.zip", json.dumps(changed).encode()))
    assert found == problem or found == f"{problem} in its course.json is not what it should be"
