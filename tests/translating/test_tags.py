import pytest

from builder.translating import tags


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        *(("pl", "pl"), ("PL", "pl"), ("PT-pt", "pt-PT"), ("pa-guru", "pa-Guru")),
        *(
            ("con-latn", "con-Latn"),
            ("es-419", "es-419"),
            ("zh-hant-TW", "zh-Hant-TW"),
            ("en-xa", "en-XA"),
        ),
    ],
)
def test_tags_have_their_usual_capitals(tag: str, expected: str) -> None:
    assert tags.canonical(tag) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("pl_PL", "“pl_PL” is not a language tag. Did you mean “pl-PL”?"),
        ("sr@latin", "“sr@latin” is not a language tag. Did you mean “sr-Latn”?"),
        ("Welsh", "“Welsh” is not a language tag. Did you mean “cy”?"),
        ("frensh", "“frensh” is not a language tag. Did you mean “fr”?"),
        (
            "klingon",
            "“klingon” is not a language tag. Write one such as pl (Polish), pt-PT (Portuguese of "
            "Portugal) or pa-Guru (Punjabi in Gurmukhi).",
        ),
        (
            "",
            "“” is not a language tag. Write one such as pl (Polish), pt-PT (Portuguese of "
            "Portugal) or pa-Guru (Punjabi in Gurmukhi).",
        ),
        *(
            (
                name,
                f"“{name}” is a reserved name on Windows, where no file can be named {name}.po. "
                "Add a script or a region to the tag.",
            )
            for name in ("aux", "con", "nul", "prn")
        ),
    ],
)
def test_a_text_that_is_not_a_tag_gets_a_suggestion(text: str, reason: str) -> None:
    with pytest.raises(tags.TagError) as refused:
        tags.canonical(text)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("pl", "pl"), ("pt-PT", "pt_PT"), ("es-419", "es_419"), ("pa-Guru", "pa_IN")),
        *(("pa-Arab", "pa_PK"), ("zh-Hant", "zh_TW"), ("zh-Hant-HK", "zh_Hant_HK")),
        *(("sr-Latn", "sr@latin"), ("sr-Latn-RS", "sr_RS@latin"), ("sr-Cyrl", "sr")),
        ("en-XA", "en_XA"),
    ],
)
def test_names_of_gettext(tag: str, name: str) -> None:
    assert tags.gettext_name(tag) == name
