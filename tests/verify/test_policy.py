"""Every page that the builder writes says what it may load and run."""

from pathlib import Path

import pytest

from builder.package.verify.own_packages import judge_policy
from tests.verify.packages import POLICY, messages, pack, policed, with_files


def found(page: str, name: str = "index.html") -> list[str]:
    start = f"“{name}” could load files from outside the package: "
    messages = [one.message for one in judge_policy(name, page.encode())]
    assert all(one.startswith(start) and one.endswith(".") for one in messages)
    return [one.removeprefix(start)[:-1] for one in messages]


def test_the_policy_of_the_builder_passes() -> None:
    assert found(policed()) == []


SAYS = "of its content security policy allows"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("script-src 'self' file:;", "", ["script-src {says} data:"]),
        ("script-src 'self'", "script-src 'unsafe-inline'", ["script-src {says} 'unsafe-inline'"]),
        ("script-src 'self'", "script-src https:", ["script-src {says} https:"]),
        ("script-src", "script-src data:;script-src", ["script-src {says} data:"]),
        ("file:;", "file: 'sha256-AAAA=';", []),
        ("style-src", "img-src *;style-src", ["img-src {says} *"]),
        ("style-src", "font-src //a.example;style-src", ["font-src {says} //a.example"]),
        ("style-src", "media-src http:;style-src", ["media-src {says} http:"]),
        ("style-src", "connect-src wss:;style-src", ["connect-src {says} wss:"]),
        ("style-src 'self'", "style-src a.example", ["style-src {says} a.example"]),
        ("object-src 'none'", "object-src 'self'", ["object-src {says} 'self'"]),
        ("object-src 'none';", "", ["object-src {says} 'self'"]),
        (
            "base-uri 'none';",
            "",
            ["its content security policy has no base-uri"],
        ),
        (
            "default-src 'self' file: data:;",
            "",
            [
                f"its content security policy has no {name}-src"
                for name in ("img", "font", "media", "connect")
            ],
        ),
    ],
)
def test_what_a_policy_must_not_allow(before: str, after: str, words: list[str]) -> None:
    assert before in POLICY
    sentence = found(policed(POLICY.replace(before, after, 1)))
    expected = [one.format(says=SAYS) for one in words]
    assert sentence[: len(expected)] == expected
    assert bool(sentence) == bool(expected)


def test_a_policy_stands_before_all_that_it_is_for() -> None:
    late = "its content security policy comes after “<script”"
    assert found("<script src=a.js></script>" + policed()) == [late]
    assert found("<p>Text") == ["it has no content security policy"]


def test_an_author_s_own_page_is_not_asked_for_one() -> None:
    assert found("<p>Text", "media/form.html") == []
    assert found("scormBuilder", "pages/a.js") == []


def test_a_package_of_ours_without_a_policy_is_refused(tmp_path: Path) -> None:
    ours = {"course.json": b"{}", "leave.html": policed().encode()}
    sentence = messages(pack(tmp_path / "a.zip", with_files(ours)))
    without = (
        "“index.html” could load files from outside the package: it has no content security policy."
    )
    assert f"index.html: {without}" in sentence
    assert not any(one.startswith("leave.html") for one in sentence)


def test_a_package_of_another_builder_need_not_have_one(tmp_path: Path) -> None:
    assert messages(pack(tmp_path / "a.zip", with_files({"b.html": b"<p>Text"}))) == []
