"""Bad inputs to the commands: each a command line and the files that it names."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from builder.course.state import CheckState, QuizState, RecordState, State, encode
from builder.diagnostics.codes import CATALOGUE
from builder.exporting import files, reviewing
from builder.package.artifacts import OUTLINE
from builder.translating import commands
from tests.exporting.reviewer import Reviewer
from tests.hostile import banks
from tests.hostile.values import PIECES, mutated_bytes, mutated_json, mutated_text

GOLDEN = Path(__file__).parent.parent / "golden" / "course"
RECORDED = Path(__file__).parent.parent / "results" / "recorded"


@dataclass(frozen=True)
class Good:
    """What there is to spoil: a package, its outline, and states of its trainees."""

    package: bytes
    outline: bytes
    states: tuple[str, ...]

    @classmethod
    def of(cls, package: Path) -> Good:
        """From a package of ours."""
        with zipfile.ZipFile(package) as archive:
            outline = archive.read(OUTLINE)
        state = State("x7Qp-_0Z", 4, "incomplete", "AAAA", score=50_00, edition="ab")
        answers = {f"key{at}": "abc1"[: at + 1] for at in range(3)}
        full = State(
            *("x7Qp-_0Z", 9, "failed", "abcd"),
            visited=frozenset(("abcd", "AAAA", "zzzz")),
            checks={name: CheckState(2, False, text) for name, text in answers.items()},
            quizzes={"quiz": QuizState(2, 73_50, True, answers)},
            records={"note": RecordState("2026-01-31", "Ask Sam, “first”.")},
            interactions=3,
            late=frozenset(("key1",)),
        )
        return cls(package.read_bytes(), outline, (encode(state), encode(full)))


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of these members, whatever their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


class Maker:
    """Makes the files of one bad input in a folder of its own."""

    def __init__(self, random: Random, good: Good, folder: Path) -> None:
        self.random, self.good, self.folder = random, good, folder

    def arguments(self) -> list[str]:
        """The command line, with all that it names made."""
        (self.folder / "good.zip").write_bytes(self.good.package)
        return self.random.choice(_KINDS)(self)

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def wrote(self, name: str, content: bytes) -> str:
        (self.folder / name).write_bytes(content)
        return self.path(name)

    def json(self) -> list[str]:
        """``--json``, or nothing."""
        return self.random.choice(([], [], ["--json"]))

    def name(self, ending: str) -> str:
        evil = ("evil\x1b[2J\u202e", "a b", "-x", "é", "n" * 100)
        return (
            f"{self.random.choice(evil)}{ending}" if self.random.random() < 0.1 else f"bad{ending}"
        )

    # Packages

    def bad_package(self) -> str:
        makers = (self.outlined, self.outlined, self.outlined, self.damaged, self.spoiled)
        return self.wrote(self.name(".zip"), self.random.choice(makers)())

    def spoiled(self) -> bytes:
        """A whole package with some of its files or of its bytes changed."""
        return banks.spoiled(self.random, self.good.package)

    def outlined(self) -> bytes:
        return zipped([(OUTLINE, mutated_json(self.random, self.good.outline))])

    def damaged(self) -> bytes:
        random, whole = self.random, self.good.package
        small = zipped([(OUTLINE, self.good.outline)])
        return random.choice(
            (
                lambda: mutated_bytes(random, small),
                lambda: mutated_bytes(random, small),
                lambda: whole[: random.randrange(len(whole))],
                lambda: small + random.randbytes(20),
                lambda: random.randbytes(random.randrange(200)),
                lambda: zipped([(OUTLINE, mutated_bytes(random, self.good.outline))]),
                lambda: zipped([(OUTLINE, b"[" * random.choice((10, 100_000)))]),
                lambda: zipped([("../course.json", self.good.outline), ("a\n.json", b"")]),
                lambda: zipped([(OUTLINE, b" " * 3_000_000)]),
            )
        )()

    def diff(self) -> list[str]:
        pair = [self.bad_package(), self.path("good.zip")]
        self.random.shuffle(pair)
        return ["diff", *pair, *self.json()]

    def rehearse(self) -> list[str]:
        pair = [self.bad_package(), self.path("good.zip")]
        self.random.shuffle(pair)
        states = ["--states", self.export(False)] if self.random.random() < 0.5 else []
        details = self.random.choice(([], ["--details"]))
        return ["rehearse", *pair, *states, *details, *self.json()]

    def report(self) -> list[str]:
        """A report of the good package, spoiled, or a spoiled package with a report."""
        name = next(iter(_interactions(self.good.outline)))
        row = ["Ann", "1", *["29 November 2026, 10:57 AM"] * 2, "80", "80"]
        table = [
            *("Name", "Attempt", "Started on", "Last accessed on", "Score", "Title"),
            *("Question 0", "Response 0", "Right answer 0", "Result 0"),
        ]
        lines = [table, *([*row, name, "a", "a", "correct"] for _ in range(6))]
        text = "\n".join("\t".join(line) for line in lines) + "\n"
        sheets = (RECORDED / "interactions.ods", RECORDED / "interactions.xlsx")
        content = self.random.choice(
            (
                lambda: mutated_text(self.random, text).encode("utf-8", "surrogatepass"),
                lambda: mutated_bytes(self.random, text.encode()),
                lambda: banks.spoiled(self.random, self.random.choice(sheets).read_bytes()),
            )
        )()
        package = self.bad_package() if self.random.random() < 0.3 else self.path("good.zip")
        report = self.wrote("report", content)
        extra = self.random.choice(([], ["--texts", "--names"], ["--csv", self.path("x.csv")]))
        return ["results", report, "--package", package, *extra, *self.json()]

    def since(self) -> list[str]:
        course = shutil.copytree(GOLDEN, self.folder / "course")
        output = ["-o", self.path("dist"), *self.random.choice(([], ["--strict"]))]
        return ["build", str(course), "--since", self.bad_package(), *output, *self.json()]

    def refresher(self) -> list[str]:
        """A refresher of a course with a scenario and a test-out: its files or the package that
        people completed are spoiled."""
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        files = self.extended(course)
        package = self.path("good.zip")
        if random.random() < 0.5:
            package = self.wrote(self.name(".zip"), self.whole_outlined())
        elif random.random() < 0.3:
            package = self.bad_package()
        else:
            _text(random, random.choice(files))
        count = ["--outcome-questions", random.choice(("1", "2", "50", "0", "-1", "x", "9" * 99))]
        options = ["-o", self.path("dist"), *random.choice(([], [], count)), *self.json()]
        return ["build", str(course), "--refresher", f"--since={package}", *options]

    def scenario(self) -> list[str]:
        """A course with a scenario and a test-out, one of which is spoiled."""
        course = shutil.copytree(GOLDEN, self.folder / "course")
        _text(self.random, self.random.choice(self.extended(course)))
        return ["build", str(course), "-o", self.path("dist"), *self.json()]

    def extended(self, course: Path) -> tuple[Path, Path, Path]:
        """Add a scenario, a test-out and a changed page to a course; returns their files."""
        settings, page, scene = (
            course / name for name in ("course.yaml", "pages/topic.md", "pages/story.md")
        )
        text = settings.read_text("utf-8").replace('"1.0.0"', '"2.0.0"')
        text = text.replace("- checklist.md", "- checklist.md\n" + _STORY_MODULE)
        settings.write_text(text + "refresher:\n  title: Once more\n", "utf-8")
        topic = page.read_text("utf-8").replace("minutes: 2", "minutes: 2\nminor: [KJP8-MPVC]")
        page.write_text(topic + "\nSomething is new here.\n", "utf-8")
        scene.write_text(_STORY, "utf-8")
        (course / "pages" / "more.md").write_text("---\ntitle: More\n---\nMore words.\n", "utf-8")
        (course / "questions" / "more.yaml").write_text(_MORE_QUESTIONS, "utf-8")
        return settings, page, scene

    def whole_outlined(self) -> bytes:
        """The good package with another outline."""
        with zipfile.ZipFile(io.BytesIO(self.good.package)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members[OUTLINE] = mutated_json(self.random, members[OUTLINE])
        return zipped([*members.items()])

    # Saved states

    def export(self, bad: bool = True) -> str:
        states = self.random.choices(self.good.states, k=4)
        if self.random.random() < 0.3:
            rows = [f"{at},{at},cmi.suspend_data,{one}" for at, one in enumerate(states)]
            text = "\n".join(["id,userid,element,value", *rows, ""])
        else:
            rows = [f"Name {at},{one},passed,80" for at, one in enumerate(states)]
            text = "\n".join(["Name,suspend_data,lesson_status,score_raw", *rows, ""])
        if bad or self.random.random() < 0.3:
            text = mutated_text(self.random, text)
        content = text.encode(
            self.random.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace"
        )
        return self.wrote(
            self.name(".csv"),
            mutated_bytes(self.random, content) if self.random.random() < 0.3 else content,
        )

    def states(self) -> list[str]:
        details = self.random.choice(([], ["--details"]))
        package = self.path("good.zip")
        return ["rehearse", package, package, "--states", self.export(), *details, *self.json()]

    def state(self) -> list[str]:
        random = self.random
        text = random.choice(self.good.states)
        bad = random.choice((mutated_text, _other_letter, _other_letter))(random, text)
        options = random.choice(([], ["--show-text"]))
        if random.random() < 0.4:
            bad = self.wrote("state.txt", bad.encode("utf-8", "replace"))
        package = self.bad_package() if random.random() < 0.3 else self.path("good.zip")
        return ["state", *options, *self.json(), "--", package, bad.replace("\0", "")]

    # Course folders

    def course(self) -> list[str]:
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        files = sorted(path for path in course.rglob("*") if path.is_file())
        for path in random.sample(files, random.choice((1, 1, 2))):
            random.choice(_SPOILED)(random, path)
        if random.random() < 0.5:
            return ["diff", str(course), self.path("good.zip"), *self.json()]
        options = random.choice(([], ["--strict"], ["--release"]))
        return ["build", str(course), "-o", self.path("dist"), *options, *self.json()]

    def approve(self) -> list[str]:
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        (course / "approvals.yaml").write_text(_APPROVALS, "utf-8")
        if random.random() < 0.6:
            random.choice(_SPOILED)(random, course / "approvals.yaml")
        piece = random.choice(PIECES).replace("\0", "")
        what = (
            *(["--all"], ["quiz/quiz", "page/*"], [], ["--", piece]),
            *(["--document", self.spoiled_review()],) * 4,
        )
        by = random.choice((["--by", "Sam"], ["--by", "Sam"], [f"--by={piece}"], []))
        return ["approve", str(course), *by, *self.json(), *random.choice(what)]

    # Reviews that come back

    def review(self) -> list[str]:
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        apply = random.choice(([], ["--apply", "all"], ["--apply", "1-3"]))
        return ["review", str(course), "--read", self.spoiled_review(), *apply, *self.json()]

    def spoiled_review(self) -> str:
        random = self.random
        members = dict(_review())
        name = random.choice(("word/document.xml", *members))
        spoil = random.choice((mutated_bytes, _mutated_words, _mutated_words))
        members[name] = spoil(random, members[name])
        content = zipped([*members.items()])
        if random.random() < 0.2:
            content = mutated_bytes(random, content)
        return self.wrote(self.name(".docx"), content)

    # Translations, and what comes back from translators

    def translate(self) -> list[str]:
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        po, xlf = _translations()
        own, back = po, random.choice((po, xlf))
        spoil = random.choice((mutated_bytes, _mutated_words, _mutated_lines))
        if random.random() < 0.5:
            own = spoil(random, po)
        else:
            back = spoil(random, back)
        (course / "translations").mkdir()
        (course / "translations" / "pl.po").write_bytes(own)
        file = self.wrote(self.name(random.choice((".po", ".xlf"))), back)
        what = random.choice((["pl"], [], ["--read", file], ["pl", "--read", file], ["en-XA"]))
        return ["translate", str(course), *what, *self.json()]

    # What courses are made of, and what is made of them

    def bank(self) -> list[str]:
        random = self.random
        files = []
        for at in range(random.choice((1, 1, 1, 2))):
            name, content = random.choice(banks.good())
            name = self.name(f"{at}{Path(name).suffix}")
            files.append(self.wrote(name, banks.spoiled(random, content)))
        named = ["--from", random.choice(banks.FORMATS)] if random.random() < 0.2 else []
        where = random.choice((["--dry-run"], ["-o", self.path("made")]))
        return ["import", *where, *named, *self.json(), "--", *files]

    def sheet(self) -> list[str]:
        path = self.path(self.name(self.random.choice((".xlsx", ".csv"))))
        files.question_sheet(Path(path))
        self.wrote(Path(path).name, banks.spoiled(self.random, Path(path).read_bytes()))
        return ["import", "-o", self.path("made"), *self.json(), "--", path]

    def audited(self) -> list[str]:
        random = self.random
        package = banks.spoiled(random, random.choice((self.good.package, banks.good()[-2][1])))
        pair = [self.wrote(self.name(".zip"), package), self.path("good.zip")]
        against = random.choice(([], ["--against", pair[1]]))
        if against and random.random() < 0.3:
            pair.reverse()
            against = ["--against", pair[1]]
        form = random.choice(("text", "json", "sarif", "html", "junit"))
        lms = random.choice(([], ["--lms", "moodle"], ["--lms", random.choice(PIECES)[:60]]))
        lms = [word.replace("\0", "") for word in lms]
        output = random.choice(([], ["-o", self.path("report")], ["-o", "/dev/full"]))
        return ["audit", *against, "--format", form, *lms, *output, "--", pair[0]]

    def written(self) -> list[str]:
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        files = sorted(path for path in course.rglob("*") if path.is_file())
        if random.random() < 0.7:
            random.choice(_SPOILED)(random, random.choice(files))
        os.mkfifo(self.path("pipe.html"))
        to = random.choice(("gift", "moodle-xml", "xlsx", "html"))
        ending = random.choice((".gift", ".xml", ".xlsx", ".html", ".docx", ""))
        places = ("pipe.html", f"a{ending}", f"n/m{ending}", f"good.zip/a{ending}", "n" * 300)
        output = ["-o", self.path(random.choice(places))]
        words = random.choice((["export", "--to", to], ["export", "--to", to], ["review"]))
        return [*words, *output, *self.json(), "--", str(course)]

    # New courses

    def new(self) -> list[str]:
        random = self.random
        piece = random.choice(PIECES).replace("\0", "")
        names = ("a", "a/b", "good.zip/a", "n" * 300, "aux", piece[:100].replace("/", "") or "b")
        options = (
            *(["--title", piece], ["--title", random.choice(self.good.states)]),
            *(["--language", f"en{piece}"], ["--language", f"fr-{piece}"], ["--language", "ar"]),
            *(["-t", "induction"], ["-t", piece], []),
        )
        return ["new", *random.choice(options), "--", self.path(random.choice(names))]

    # Command lines

    def usage(self) -> list[str]:
        random = self.random
        course = shutil.copytree(GOLDEN, self.folder / "course")
        os.mkfifo(self.path("pipe"))
        words = (
            *(
                "build",
                "diff",
                "rehearse",
                "state",
                "explain",
                "bild",
                "",
                "-",
                "--",
                "-o",
                "--since",
            ),
            *("--states", "--json", "--strict", "--release", "--details", "--show-text", "--fast"),
            *(
                str(course),
                self.path("good.zip"),
                self.path("nowhere"),
                self.path("pipe"),
                "/dev/zero",
            ),
            *(
                "/dev/null",
                self.path("good.zip/x"),
                self.path("n" * 300),
                str(self.folder),
                "é\x1b[2J",
            ),
            *(random.choice(self.good.states), random.choice(PIECES).replace("\0", ""), "-h"),
            *random.sample(sorted(CATALOGUE), 2),
        )
        found = [random.choice(words) for _ in range(random.randint(0, 5))]
        # Without a folder of its own a build would write beside whoever runs it.
        return ["build", "-o", self.path("dist"), *found] if random.random() < 0.4 else found


def _interactions(outline: bytes) -> Iterator[str]:
    """The ids of the answers that a package reports."""
    for page in json.loads(outline)["pages"]:
        yield from (f"{page['id']}--{name}" for name in (*page["checks"], *page["quiz"]))


_STORY_MODULE = """\
  - module: A case
    pages: [more.md, story.md]
    test_out: {count: 1, attempts: 2, always: story.md}
"""
_STORY = """\
---
title: A call
kind: scenario
start: call
weight: 1
complete: good
---
You are alone.

## The call {#call}

She asks you not to tell.

- [Promise it](#promise){a .poor} You cannot.
- [Explain](#explain){b .good} Silence.

## You promise {#promise was=keep}

- [Explain](#explain){a .fair}
- [Go home](#home){b .poor} She waits.

## You go home {#home}

::: ending poor
Nobody was told.
:::

## You explain {#explain}

::: ending good
She was helped.
:::
"""
_MORE_QUESTIONS = """\
- id: more-words
  type: true-false
  prompt: There are more words.
  answer: true
  explanation: The page says so.
  source: more
"""
_APPROVALS = """\
# Who approved which words.

- part: question/any-child
  by: Sam Lee
  on: 2025-12-01
  code: DM6Q-M933
  words: |-
    Every child can be at risk.
    type: true-false
    [x] true
    “Every child can be at risk.” <#/topic>
    source: #/topic

- part: quiz/quiz
  by: Sam Lee
  on: 2025-12-01
  code: XYRH-G2Q6
"""


@cache
def _review() -> tuple[tuple[str, bytes], ...]:
    """The files within a review document of the good course, with a change in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "review.docx"
        reviewing.review(GOLDEN, path, date(2026, 1, 31))
        with Reviewer(path) as reviewer:
            reviewer.replace("certain", "sure")
            reviewer.comment("at risk", "Is that so?")
        with zipfile.ZipFile(path) as archive:
            return tuple((name, archive.read(name)) for name in archive.namelist())


@cache
def _translations() -> tuple[bytes, bytes]:
    """A translation of the good course, as PO and as XLIFF."""
    with TemporaryDirectory() as folder:
        course = shutil.copytree(GOLDEN, Path(folder) / "course")
        read, _ = commands.read(course, date(2026, 1, 31))
        assert read
        file = Path(folder) / "back.xlf"
        commands.translate(read, "en-XA", date(2026, 1, 31), file)
        po = (course / "translations/en-XA.po").read_bytes()
        return po.replace(b"en_XA", b"pl"), file.read_bytes().replace(b"en-XA", b"pl")


def _mutated_lines(random: Random, content: bytes) -> bytes:
    """Text with some lines deleted, doubled or moved."""
    lines = content.split(b"\n")
    for _ in range(random.randrange(1, 4)):
        line = lines.pop(random.randrange(len(lines)))
        for _ in range(random.randrange(3)):
            lines.insert(random.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _mutated_words(random: Random, content: bytes) -> bytes:
    """XML with other words between its tags."""
    parts = content.decode("utf-8", "replace").split(">")
    at = random.randrange(len(parts))
    words, tag, rest = parts[at].partition("<")
    parts[at] = escape(mutated_text(random, words or "words")) + tag + rest
    return ">".join(parts).encode("utf-8", "replace")


def _other_letter(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    letters = "ABCxyz019-_é\u202e"
    return random.choice(
        (text[:at], text[:at] + random.choice(letters) + text[at + 1 :], text * 90)
    )


def _text(random: Random, path: Path) -> None:
    text = mutated_text(random, path.read_text("utf-8", "replace"))
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def _bytes(random: Random, path: Path) -> None:
    path.write_bytes(mutated_bytes(random, path.read_bytes()))


def _gone(random: Random, path: Path) -> None:
    path.unlink()


def _folder(random: Random, path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(random: Random, path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(random: Random, path: Path) -> None:
    path.unlink()
    path.symlink_to(random.choice((path.name, "/dev/zero", "..", "gone", "/etc/hostname")))


_SPOILED: tuple[Callable[[Random, Path], None], ...] = (
    *(_text, _text, _text, _text, _text, _text, _bytes, _bytes, _gone, _folder, _pipe, _link),
)
_KINDS: tuple[Callable[[Maker], list[str]], ...] = (
    *(Maker.diff, Maker.diff, Maker.rehearse, Maker.rehearse, Maker.since, Maker.states),
    *(
        Maker.states,
        Maker.state,
        Maker.state,
        Maker.course,
        Maker.course,
        Maker.course,
        Maker.usage,
        Maker.new,
        Maker.approve,
        Maker.review,
        Maker.translate,
        Maker.bank,
        Maker.bank,
        Maker.bank,
        Maker.sheet,
        Maker.audited,
        Maker.audited,
        Maker.written,
        Maker.report,
        Maker.report,
        Maker.refresher,
        Maker.refresher,
        Maker.scenario,
    ),
)
