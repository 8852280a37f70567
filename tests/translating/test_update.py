import pytest

from builder.translating import po_file
from builder.translating.po_file import PoDocument
from builder.translating.update import Update, Wanted, update


def course(*texts: tuple[str, str]) -> list[Wanted]:
    return [Wanted(part, text, "A text.") for part, text in texts]


def translated(*texts: tuple[str, str]) -> PoDocument:
    """A PO file in which the translation of each text is the text in capitals."""
    document = po_file.new({"Language": "pl"}, "A comment")
    update(document, course(*texts))
    for entry in document.entries:
        entry.changed().msgstr = entry.po.msgid.upper()
    return po_file.parse(document.written().decode())


def state(document: PoDocument) -> list[tuple[str, str, str, str]]:
    """The state, part, text and translation of each entry."""
    found = []
    for entry in document.entries:
        po = entry.po
        kind = "obsolete" if po.obsolete else "stale" if po.fuzzy else ""
        found.append((kind, *entry.key, po.msgstr))
    return found


ONE, TWO = ("page/one", "Water the plants."), ("page/one", "Empty the saucer.")


def test_new_messages_follow_their_predecessors_in_the_course() -> None:
    document = translated(ONE, TWO)
    first, between, last = (("page/one", name) for name in ("First.", "Between.", "Last."))
    done = update(document, course(first, ONE, between, TWO, last))
    assert done == Update(new=3)
    assert state(document) == [
        ("", *first, ""),
        ("", *ONE, "WATER THE PLANTS."),
        ("", *between, ""),
        ("", *TWO, "EMPTY THE SAUCER."),
        ("", *last, ""),
    ]


def test_moving_message_within_page_changes_nothing() -> None:
    document = translated(ONE, TWO)
    before = document.written()
    assert update(document, course(TWO, ONE)) == Update()
    assert not document.is_changed
    assert document.written() == before


def test_a_message_that_moves_to_another_page_keeps_its_translation() -> None:
    document = translated(ONE, TWO, ("page/two", "End."))
    moved = ("page/two", ONE[1])
    done = update(document, course(TWO, moved, ("page/two", "End.")))
    assert done == Update(moved=1)
    assert state(document) == [
        ("", *TWO, "EMPTY THE SAUCER."),
        ("", *moved, "WATER THE PLANTS."),
        ("", "page/two", "End.", "END."),
    ]


def test_a_renamed_question_takes_each_translation_to_the_same_option() -> None:
    texts = (("question/old", "Why?"), ("question/old/a", "Yes"), ("question/old/b", "No"))
    document = translated(*texts)
    new = [(part.replace("old", "new"), text) for part, text in texts]
    assert update(document, course(*new)) == Update(moved=3)
    assert state(document) == [("", part, text, text.upper()) for part, text in new]


def test_options_that_swap_their_texts_swap_their_translations() -> None:
    document = translated(("question/q/a", "Yes"), ("question/q/b", "No"))
    done = update(document, course(("question/q/a", "No"), ("question/q/b", "Yes")))
    assert done == Update(moved=2)
    assert state(document) == [
        ("", "question/q/a", "No", "NO"),
        ("", "question/q/b", "Yes", "YES"),
    ]


def test_copied_block_inherits_translation_but_copied_option_not() -> None:
    document = translated(ONE, ("question/q/a", "Yes"))
    copies = (("page/two", ONE[1]), ("question/r/a", "Yes"))
    update(document, course(ONE, copies[0], ("question/q/a", "Yes"), copies[1]))
    assert state(document) == [
        ("", *ONE, "WATER THE PLANTS."),
        ("", *copies[0], "WATER THE PLANTS."),
        ("", "question/q/a", "Yes", "YES"),
        ("", *copies[1], ""),
    ]


def test_changed_block_is_stale_and_keeps_its_position() -> None:
    document = translated(ONE, TWO)
    changed = ("page/one", "Water the plants twice.")
    assert update(document, course(changed, TWO)) == Update(changed=1)
    assert state(document) == [
        ("stale", *changed, "WATER THE PLANTS."),
        ("", *TWO, "EMPTY THE SAUCER."),
    ]
    assert document.entries[0].po.previous_msgid == ONE[1]


def test_changed_block_gets_most_similar_earlier_translation() -> None:
    document = translated(
        ("page/one", "Give the fern water on Monday."),
        ("page/one", "Give the palm light on Friday."),
    )
    texts = ("Give the palm some light on Friday.", "Give the fern some water on Monday.")
    assert update(document, course(*(("page/one", text) for text in texts))).changed == 2
    assert {one.po.msgid: one.po.msgstr for one in document.entries} == {
        texts[0]: "GIVE THE PALM LIGHT ON FRIDAY.",
        texts[1]: "GIVE THE FERN WATER ON MONDAY.",
    }


def test_a_rewritten_block_is_new_and_its_earlier_text_obsolete() -> None:
    document = translated(ONE, TWO)
    new = ("page/one", "Nobody should sing here after nine.")
    assert update(document, course(new, TWO)) == Update(new=1, vanished=1)
    assert state(document) == [
        ("", *new, ""),
        ("", *TWO, "EMPTY THE SAUCER."),
        ("obsolete", *ONE, "WATER THE PLANTS."),
    ]


def test_completely_changed_title_is_stale() -> None:
    document = translated(("page/one/title", "Water"))
    assert update(document, course(("page/one/title", "Pots and soil"))) == Update(changed=1)
    assert state(document) == [("stale", "page/one/title", "Pots and soil", "WATER")]


def test_stale_message_remembers_originally_translated_text() -> None:
    document = translated(("page/one/title", "Water"))
    for title in ("Soil", "Light"):
        update(document, course(("page/one/title", title)))
    assert document.entries[0].po.previous_msgid == "Water"


def test_a_changed_message_without_translation_is_only_new() -> None:
    document = po_file.new({"Language": "pl"}, "A comment")
    update(document, course(("page/one/title", "Water")))
    assert update(document, course(("page/one/title", "Soil"))) == Update(new=1)
    assert state(document) == [("", "page/one/title", "Soil", "")]


def test_returning_message_is_restored_in_course_order() -> None:
    document = translated(ONE, TWO)
    update(document, course(TWO))
    assert state(document)[1] == ("obsolete", *ONE, "WATER THE PLANTS.")
    document = po_file.parse(document.written().decode())
    assert update(document, course(ONE, TWO)) == Update(restored=1)
    assert state(document) == [
        ("", *ONE, "WATER THE PLANTS."),
        ("", *TWO, "EMPTY THE SAUCER."),
    ]


def test_removed_untranslated_message_stays_only_if_commented() -> None:
    document = po_file.new({"Language": "pl"}, "A comment")
    update(document, course(ONE, TWO))
    document.entries[1].changed().tcomment = "What is a saucer?"
    assert update(document, []) == Update(vanished=2)
    assert state(document) == [("obsolete", *TWO, "")]


def test_name_replaced_in_every_block_makes_all_stale() -> None:
    texts = [
        (f"page/{page}", f"Ask the office of Green Ltd for the plant number {number} of the list.")
        for page in range(30)
        for number in range(50)
    ]
    document = translated(*texts)
    later = [(part, text.replace("Green", "Blue")) for part, text in texts]
    assert update(document, course(*later)) == Update(changed=1500)
    assert {one.po.msgstr for one in document.entries} == {text.upper() for _, text in texts}
    assert all(
        one.po.previous_msgid == one.po.msgid.replace("Blue", "Green") for one in document.entries
    )


@pytest.mark.whole
def test_comparing_many_changed_blocks_has_a_limit() -> None:
    texts = [("page/one", f"Plant number {number} needs water on Monday.") for number in range(300)]
    document = translated(*texts)
    later = [("page/one", f"{text} Nobody should do so on Tuesday.") for _, text in texts]
    done = update(document, course(*later))
    assert done.new + done.changed == 300
    assert done.new == done.vanished > 200


def test_a_renamed_part_keeps_its_translations_even_of_changed_texts() -> None:
    document = translated(ONE, ("page/one/title", "Plants"), ("question/one/a", "Yes"))
    former = {"page/one": "page/new", "question/one": "question/new"}
    texts = (("page/new", "Water the plant."), ("page/new/title", "Plants"))
    done = update(document, course(*texts, ("question/new/a", "Yes")), former)
    assert done == Update(changed=1, moved=3)
    assert state(document) == [
        ("stale", *texts[0], "WATER THE PLANTS."),
        ("", *texts[1], "PLANTS"),
        ("", "question/new/a", "Yes", "YES"),
    ]
