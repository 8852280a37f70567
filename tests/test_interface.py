"""The catalogues: every text in every language, with its gaps, in the forms that it needs."""

import difflib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

from builder.course import interface
from builder.course.interface import LANGUAGES, MODEL, Language
from tests.support.node import node
from tests.validate.courses import changed, judge
from tools import catalogues

I18N = Path(__file__).parent.parent / "templates/i18n"
FORMS = ("zero", "one", "two", "few", "many", "other")
ISOLATED = re.compile("\u2068\\{\\w+\\}\u2069")
WORDS = ("title", "answer", "item", "name")
"""Gaps that authors' or trainees' words fill."""


@pytest.fixture(params=LANGUAGES, ids=lambda one: one.tag)
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


def path(tag: str) -> Path:
    return I18N / (MODEL if tag == "en" else f"{tag}.po")


def read(tag: str) -> dict[str, str]:
    """The texts of a catalogue as polib reads them."""
    texts = {}
    [plurals] = (one.plurals for one in LANGUAGES if one.tag == tag)
    for entry in polib.pofile(str(path(tag))):
        english = {0: entry.msgid, 1: entry.msgid_plural}
        for form, text in (english if tag == "en" else entry.msgstr_plural).items():
            texts[f"{entry.msgctxt}_{plurals[form]}" if entry.msgid_plural else ""] = text
        if not entry.msgid_plural:
            texts[entry.msgctxt] = entry.msgid if tag == "en" else entry.msgstr
    texts.pop("", None)
    return texts


def test_every_catalogue_is_a_language() -> None:
    assert sorted(path.name for path in I18N.iterdir()) == sorted(
        path(one.tag).name for one in LANGUAGES
    )


def test_the_build_reads_what_polib_reads(language: Language) -> None:
    assert interface.texts(language.tag) == read(language.tag)


def test_every_text_is_in_every_language(language: Language) -> None:
    found = read(language.tag)
    wanted = interface.required_keys(language)
    assert sorted(wanted - found.keys()) == []
    assert sorted(found.keys() - wanted) == []
    assert [key for key, text in found.items() if not text.strip()] == []


@pytest.mark.whole
def test_a_catalogue_has_the_texts_and_comments_of_the_model(language: Language) -> None:
    if language.tag == "en":
        keys = [entry.msgctxt for entry in polib.pofile(str(path("en")))]
        assert keys == sorted(set(keys))
        return
    model = polib.pofile(str(path("en")))
    catalogue = polib.pofile(str(path(language.tag)))
    text = path(language.tag).read_text("utf-8")
    assert catalogues.updated(language, model, catalogue) == text
    assert catalogue.metadata["Plural-Forms"] == language.plural_forms


def test_a_changed_model_makes_its_translations_fuzzy() -> None:
    welsh = next(one for one in LANGUAGES if one.tag == "cy")
    model, catalogue = (polib.pofile(str(path(tag)), wrapwidth=0) for tag in ("en", "cy"))
    saved, saving = (model.find(f"player.{key}", by="msgctxt") for key in ("saved", "saving"))
    minutes = model.find("player.minutes", by="msgctxt")
    assert saved
    assert saving
    assert minutes
    saved.msgid, saved.comment, saving.msgctxt = "Stored", "In the header.", "player.storing"
    minutes.msgid_plural = "{n} minutes long"
    lines = catalogues.updated(welsh, model, catalogue).splitlines()
    before = path("cy").read_text("utf-8").splitlines()
    assert [line for line in difflib.ndiff(before, lines) if line[0] in "+-"] == [
        "+ #, fuzzy",
        '+ #| msgid "{n} minute"',
        '+ #| msgid_plural "{n} minutes"',
        '- msgid_plural "{n} minutes"',
        '+ msgid_plural "{n} minutes long"',
        "- #. Status in the header. Keep it short. Other texts name it in quotation marks.",
        "+ #. In the header.",
        "+ #, fuzzy",
        '+ #| msgid "Saved"',
        '- msgid "Saved"',
        '+ msgid "Stored"',
        '- msgctxt "player.saving"',
        '+ msgctxt "player.storing"',
        '- msgstr "Wrthi’n cadw"',
        '+ msgstr ""',
    ]


def test_msgfmt_accepts_the_catalogue(language: Language) -> None:
    if not (msgfmt := shutil.which("msgfmt")):
        pytest.skip("gettext is not installed")
    done = subprocess.run(
        [msgfmt, "-c", "-o", "/dev/null", str(path(language.tag))], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def test_every_translation_has_the_placeholders_of_english(language: Language) -> None:
    english = read("en")
    for key, text in read(language.tag).items():
        stem, _, form = key.rpartition("_")
        model = english.get(key) or english[f"{stem}_other"]
        if form in FORMS and f"{stem}_other" in english:
            # “One page” and “two pages” need no number, in a language that has a form for each.
            allowed = gaps(english[f"{stem}_other"]) | gaps(english[f"{stem}_one"])
            assert (key, gaps(text) | {"n"}) == (key, allowed | {"n"})
            if form in ("few", "many", "other"):
                assert (key, "n" in gaps(text)) == (key, "n" in gaps(english[f"{stem}_other"]))
        else:
            assert (key, gaps(text)) == (key, gaps(model))


SAME = {
    *("page.hint", "page.pages", "page.question", "page.version"),
    *("page.decimal-mark", "page.size-kb", "page.size-mb"),
    "player.locks.lock_title",
    *("review.date", "review.description", "review.signature"),
    *("review.part-page", "review.part-question"),
    *("page.cover-pages_one", "page.cover-pages_other", "player.visit.minutes_short"),
    *("player.minutes_one", "player.minutes_other", "player.first"),
    *("page.note", "page.notes", "page.lms-score", "player.messages", "player.quiz.question"),
    *("player.quiz.comma", "player.visit.comma", "page.leave-calendar"),
    *("player.comments.error_prefix", "player.questions.error_prefix"),
}
"""Texts that are the same in English and another language."""


def test_no_text_is_left_in_english(language: Language) -> None:
    if language.tag == "en":
        return
    english = read("en")
    same = {
        key
        for key, text in read(language.tag).items()
        if english.get(key) == text and re.search(r"\w", re.sub(r"\{\w+\}", "", text))
    }
    assert same - SAME == set()


BUTTONS = (
    *("page.contents", "page.copy", "page.exit", "page.leave", "page.search", "player.retry"),
    *("player.saved", "player.visit.end", "player.visit.go_on_here", "player.visit.reopen"),
)
MARKS = {
    **dict.fromkeys(("ar", "es", "pt-PT"), "«{}»"),
    **dict.fromkeys(("pl", "ro"), "„{}”"),
    "fr": "«\u00a0{}\u00a0»",
    "ur": "”{}“",
}


def test_interface_sentences_quote_the_exact_button_labels(language: Language) -> None:
    """In every language, and as it is written there."""
    english, found = read("en"), read(language.tag)
    marks = MARKS.get(language.tag, "“{}”")
    named = [
        (key, name)
        for key, text in english.items()
        for name in BUTTONS
        if f"“{english[name]}”" in text
    ]
    assert len(named) >= 20
    missing = [one for one in named if marks.format(found[one[1]]) not in found[one[0]]]
    assert missing == []
    # “Choose Retry” would be read as if it went on.
    assert [text for text in english.values() if re.search(r"[Cc]hoose [A-Z]", text)] == []


LONGEST = {
    **dict.fromkeys(("page.contents", "page.search", "player.start"), 12),
    **dict.fromkeys(("player.saved", "player.saving", "player.not_saved", "player.retry"), 18),
    **dict.fromkeys(("page.exit", "page.leave", "player.visit.end", "player.visit.reopen"), 25),
    **dict.fromkeys(("player.unconfirmed", "player.nothing_recorded"), 30),
    **dict.fromkeys(("page.save-answer", "player.quiz.save_continue"), 26),
    **dict.fromkeys(("page.print", "page.copy", "page.save-text"), 32),
    **dict.fromkeys(("player.sequencing.move_up", "player.sequencing.move_down"), 18),
    "player.no_lms": 68,
}
"""Texts of the header and of buttons, and the most characters that have been seen to fit there on a
phone with text at 200 % (``browser/test_large_text.py``)."""


def test_texts_fit_their_places(language: Language) -> None:
    found = read(language.tag)
    assert [(key, found[key]) for key, most in LONGEST.items() if len(found[key]) > most] == []


def test_inserted_text_is_isolated_in_right_to_left_languages(language: Language) -> None:
    if language.direction == "ltr":
        return
    for key, text in read(language.tag).items():
        left = gaps(ISOLATED.sub("", text))
        assert (key, left & set(WORDS)) == (key, set())


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("cy", "Welsh"), ("CY-gb", "Welsh"), ("ar-EG", "Arabic"), ("en", "English")),
        *(("cym", None), ("ar-Arab-EG", "Arabic"), ("ar-Latn", None), ("cy-Latn", "Welsh")),
        *(("pl-PL", "Polish"), ("es-419", "Spanish"), ("ro-MD", "Romanian")),
        *(("pt", "European Portuguese"), ("pt-BR", "European Portuguese"), ("pt-Arab", None)),
        *(("pa", "Punjabi"), ("pa-IN", "Punjabi"), ("pa-guru-in", "Punjabi")),
        *(("pa-Arab", None), ("pa-PK", None), ("ur-IN", "Urdu"), ("de", None), ("", None)),
        *(("en-XA", "Pseudo-English"), ("en-xa", "Pseudo-English"), ("cy-XA", "Welsh")),
    ],
)
def test_a_tag_names_its_language(tag: str, name: str | None) -> None:
    found = interface.language(tag)
    assert (found and found.name) == name


Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edit]:
    """Changes the text of a copy of a catalogue, which the build then reads."""
    shutil.copytree(I18N, tmp_path / "i18n")
    monkeypatch.setattr(interface.resources, "path", lambda *parts: tmp_path.joinpath(*parts))

    def edit(tag: str, old: str, new: str) -> None:
        file = tmp_path / "i18n" / path(tag).name
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")
        interface.texts.cache_clear()
        interface._catalogue.cache_clear()

    yield edit
    interface.texts.cache_clear()
    interface._catalogue.cache_clear()


@pytest.fixture
def lacking(edit: Edit) -> None:
    """Catalogues where Welsh has lost a text and the form of another for two."""
    found = read("cy")
    edit("cy", f'msgid "Saved"\nmsgstr "{found["player.saved"]}"', 'msgid "Saved"\nmsgstr ""')
    two = found["player.quiz.attempts_more_two"]
    edit("cy", f'msgstr[2] "{two}"', 'msgstr[2] ""')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgid "Saved"', '#, fuzzy\nmsgid "Saved"'),
        ('msgctxt "player.saved"', '#, python-format, fuzzy\nmsgctxt "player.saved"'),
        ('msgctxt "player.saved"', 'msgctxt "player.safe"'),
    ],
)
def test_a_fuzzy_text_is_missing(edit: Edit, old: str, new: str) -> None:
    edit("cy", old, new)
    assert interface.missing("cy") == ("player.saved",)
    assert interface.texts("cy")["player.saved"] == "Saved"


def test_texts_may_be_wrapped_and_escaped(edit: Edit) -> None:
    edit("fr", f'msgid "Saved"\nmsgstr "{read("fr")["player.saved"]}"', WRAPPED)
    assert interface.texts("fr")["player.saved"] == 'Tout "est"\nenregistré \\ là'


WRAPPED = r"""#| msgid "Kept"
msgid "Saved"
msgstr ""
"Tout \"est\"\n"
"enregistré"
" \\ là"
"""


@pytest.mark.usefixtures("lacking")
def test_a_text_that_a_language_lacks_stops_the_build(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course", ("course.yaml", "language: en\n", "language: cy\n"))
    course, found = judge(folder)
    assert course is None
    assert [str(one).partition(": ")[2] for one in found] == [
        "error text-missing The interface has no text “player.quiz.attempts_more_two” in Welsh.",
        "error text-missing The interface has no text “player.saved” in Welsh.",
    ]
    assert {str(one.position) for one in found} == {"course.yaml:4:11"}


@pytest.mark.usefixtures("lacking")
def test_what_another_language_lacks_stops_nobody(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course", ("course.yaml", "language: en\n", "language: fr\n"))
    course, found = judge(folder)
    assert course is not None
    assert found == []


@pytest.mark.whole
def test_plurals_are_those_of_browsers(language: Language) -> None:
    numbers = [*range(230), 1000, 1_000_000, 1_000_001, 1_500_000, 2_000_000, 10_000_003]
    asked = f"{json.dumps(numbers)}.map((n) => new Intl.PluralRules({language.tag!r}).select(n))"
    said = subprocess.run(
        [node(), "-p", f"JSON.stringify({asked})"], capture_output=True, text=True, check=True
    )
    assert [interface.plural(language.tag, n) for n in numbers] == json.loads(said.stdout)
