"""The plural forms of a course's own interface texts."""

import re
from collections.abc import Mapping

import pytest

from builder.course.load import po
from builder.course.translations import interface_texts

PATH = "translations/interface/cy.po"
COUNTED = r"""
msgctxt "page.cover-pages"
msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} tudalen (0)"
msgstr[1] "{n} tudalen (1)"
msgstr[2] "{n} tudalen (2)"
"""
FORMS = {
    "page.cover-pages_zero": "{n} tudalen (0)",
    "page.cover-pages_one": "{n} tudalen (1)",
    "page.cover-pages_two": "{n} tudalen (2)",
}
UNCOUNTED = r"""
msgctxt "page.true"
msgid "True"
msgstr "Cywir"
"""
GETTEXT_WELSH = "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n!=8 && n!=11) ? 2 : 3;"


def read(header: str, content: str) -> tuple[Mapping[str, str], list[str]]:
    head = f'msgid ""\nmsgstr ""\n"Language: cy\\n"\n{header}'
    file, problems = po.read(head + content, PATH)
    assert file
    assert not problems
    own = interface_texts.read(file)
    return own.texts, [str(one) for one in own.diagnostics]


def plural_forms(value: str) -> str:
    return f'"Plural-Forms: {value}\\n"\n'


@pytest.mark.parametrize(
    "header",
    [
        "",
        plural_forms("nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5"),
        '"Plural-Forms: nplurals = 6;"\n'
        '" plural = (n<4 ? n : (n==6 ? 4 : 5)) ;\\n"\n"X-Generator: Poedit 3\\n"\n',
    ],
)
def test_forms_are_numbered_as_the_categories_of_the_language(header: str) -> None:
    assert read(header, COUNTED) == (FORMS, [])


@pytest.mark.parametrize(
    "value",
    [
        GETTEXT_WELSH,
        "nplurals=6; plural=n%1000==999 ? 1 : n<4 ? n : n==6 ? 4 : 5;",
        "nplurals=INTEGER; plural=EXPRESSION;",
        "nplurals=2; plural=1/n;",
        "nplurals=2",
    ],
)
def test_forms_that_are_numbered_differently_are_not_used(value: str) -> None:
    """Trainees would read the form for one number with another."""
    texts, [found] = read(plural_forms(value), COUNTED + UNCOUNTED)
    assert texts == {"page.true": "Cywir"}
    assert found == (
        f"{PATH}:4:1: error translation-plurals “Plural-Forms: {value}” does not number the "
        "forms as the builder does."
    )


@pytest.mark.parametrize(
    "content", ["", re.sub('{n} tudalen [^"]*', "", COUNTED), COUNTED.replace("\nmsg", "\n#~ msg")]
)
def test_the_rule_does_not_matter_without_plural_forms(content: str) -> None:
    found = read(plural_forms(GETTEXT_WELSH), UNCOUNTED + content)
    assert found == ({"page.true": "Cywir"}, [])
