"""Random documents whose words are known from their making: both readers find all of them, in their
order, and none that Word does not show."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from builder.importing import word
from builder.importing.document.form import Block, Box, List, Paragraph, Table
from builder.importing.document.tally import split, words
from tests.importing.word.files import (
    cell,
    docx,
    field,
    item,
    level,
    numbering,
    p,
    r,
    read,
    row,
    style,
    table,
    written,
)

THOROUGH = int(os.environ.get("THOROUGH", "1"))
LISTS = numbering(
    "".join(level(at, form, f"%{at + 1}.") for at, form in enumerate(("decimal", "lowerLetter"))),
    level(0, "bullet", "•", left=1000),
)
STYLES = style("H2", "heading 2") + style("Quote", "Quote") + style("Note", "My note")
LOOKS = ("", "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>', '<w:vertAlign w:val="subscript"/>')


class Maker:
    """Makes a body, with its words as Word shows them; ``left_out`` are those that it hides."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0
        self.left_out: list[str] = []

    def body(self) -> tuple[str, list[str]]:
        return self.many(self.block, 12, 0)

    def many(self, one: object, most: int, depth: int) -> tuple[str, list[str]]:
        assert callable(one)
        made = [one(depth) for _ in range(self.random.randint(1, most))]
        return "".join(xml for xml, _ in made), [word for _, found in made for word in found]

    def block(self, depth: int) -> tuple[str, list[str]]:
        deeper = () if depth > 2 else (self.table, self.control, self.choice, self.inserted)
        plain = (self.paragraph, self.paragraph, self.listed, self.headed)
        return self.random.choice((*plain, *deeper))(depth)

    def word(self) -> str:
        self.count += 1
        return f"w{self.count}"

    # Blocks

    def paragraph(self, depth: int) -> tuple[str, list[str]]:
        made = [self.inline(depth) for _ in range(self.random.randint(1, 4))]
        xml = r(" ").join(xml for xml, _, _ in made)
        own = [word for _, shown, _ in made for word in shown]
        behind = [word for _, _, boxed in made for word in boxed]
        return p(xml, style=self.random.choice(("", "Quote", "Note"))), own + behind

    def listed(self, depth: int) -> tuple[str, list[str]]:
        said = self.word()
        list_id = self.random.choice((1, 1, 2))
        at = self.random.randint(0, 1) if list_id == 1 else 0
        return item(said, list_id, at), [said]

    def headed(self, depth: int) -> tuple[str, list[str]]:
        said = self.word()
        return p(said, style="H2"), [said]

    def table(self, depth: int) -> tuple[str, list[str]]:
        rows, found = [], []
        for _ in range(self.random.randint(1, 3)):
            cells = []
            for _ in range(self.random.randint(1, 3)):
                xml, said = self.many(self.block, 2, depth + 1)
                cells.append(cell(xml))
                found += said
            rows.append(row(*cells))
        return table(*rows), found

    def control(self, depth: int) -> tuple[str, list[str]]:
        xml, found = self.many(self.block, 2, depth + 1)
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>", found

    def choice(self, depth: int) -> tuple[str, list[str]]:
        xml, found = self.block(depth + 1)
        other = p("never")
        choice = f'<mc:Choice Requires="wps">{xml}</mc:Choice><mc:Fallback>{other}</mc:Fallback>'
        return f"<mc:AlternateContent>{choice}</mc:AlternateContent>", found

    def inserted(self, depth: int) -> tuple[str, list[str]]:
        xml, found = self.paragraph(depth + 1)
        return f"<w:ins>{xml}</w:ins>", found

    # What stands in a paragraph: its words, and those of text boxes behind it

    def inline(self, depth: int) -> tuple[str, list[str], list[str]]:
        kinds = (self.run, self.run, self.link, self.code, self.added, self.deleted, self.hidden)
        boxed = () if depth > 2 else (self.box,)
        return self.random.choice((*kinds, *boxed))(depth)

    def run(self, depth: int) -> tuple[str, list[str], list[str]]:
        first, last = self.word(), self.word()
        look = self.random.choice(LOOKS)
        # One word of two runs.
        return r(first[:1], look) + r(first[1:] + " ") + r(last, look), [first, last], []

    def link(self, depth: int) -> tuple[str, list[str], list[str]]:
        xml, shown, _ = self.run(depth)
        return f'<w:hyperlink w:anchor="a">{xml}</w:hyperlink>', shown, []

    def code(self, depth: int) -> tuple[str, list[str], list[str]]:
        xml, shown, _ = self.run(depth)
        return field(self.random.choice(('HYPERLINK "x"', "REF a", "DATE")), xml), shown, []

    def added(self, depth: int) -> tuple[str, list[str], list[str]]:
        xml, shown, _ = self.run(depth)
        return f"<w:ins><w:smartTag>{xml}</w:smartTag></w:ins>", shown, []

    def deleted(self, depth: int) -> tuple[str, list[str], list[str]]:
        self.left_out.append(self.word())
        return f"<w:del><w:r><w:delText>{self.left_out[-1]}</w:delText></w:r></w:del>", [], []

    def hidden(self, depth: int) -> tuple[str, list[str], list[str]]:
        self.left_out.append(self.word())
        return r(self.left_out[-1], "<w:vanish/>"), [], []

    def box(self, depth: int) -> tuple[str, list[str], list[str]]:
        xml, found = self.many(self.block, 2, depth + 1)
        shape = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent>"
        return f"{shape.format(xml)}</v:textbox></v:shape></w:pict></w:r>", [], found


@pytest.mark.whole
@pytest.mark.parametrize("group", range(4))
def test_every_word_is_found_where_it_stands(group: int, tmp_path: Path) -> None:
    for seed in range(15 * THOROUGH):
        maker = Maker(Random(f"{group} {seed}"))
        body, shown = maker.body()
        content = docx(body, numbering=LISTS, styles=STYLES)
        document = read(content, tmp_path)
        assert words(document.blocks) == shown, seed
        assert list(word.counts(written(content, tmp_path)).words) == shown, seed
        listed = {one for rest in document.rest for one in split(rest.words)}
        assert set(maker.left_out) <= listed, seed


def test_places_count_the_paragraphs_of_their_part(tmp_path: Path) -> None:
    shape = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    document = read(
        docx(
            p("One")
            + p()
            + table(row("in a table", "and its second cell"))
            + p("Box: ", shape.format(p("boxed") + p("again")), note)
            + item("listed " + "so long " * 20),
            numbering=LISTS,
            footnotes=f'<w:footnote w:id="1">{p("noted")}</w:footnote>',
        ),
        tmp_path,
    )
    places = [*_places(document.blocks), *_places(document.notes["footnote-1"])]
    assert places == [
        "body 1: One",
        "body 3: in a table and its second cell",
        "body 3: in a table",
        "body 4: and its second cell",
        "body 5: Box: boxed again",
        "body 5: Box: boxed again",
        "text box 1: boxed",
        "text box 2: again",
        f"body 6: listed {'so long ' * 6}so l…",
        f"body 6: listed {'so long ' * 6}so l…",
        "footnotes 1: noted",
    ]


def _places(blocks: tuple[Block, ...]) -> list[str]:
    found = []
    for block in blocks:
        assert isinstance(block, Paragraph | List | Table | Box)
        place = block.place
        found.append(f"{place.part} {place.paragraph}: {place.begins}")
        if isinstance(block, List):
            found += [one for item in block.items for one in _places(item.blocks)]
        elif isinstance(block, Table):
            found += [one for row in block.rows for cell in row for one in _places(cell.blocks)]
        elif isinstance(block, Box):
            found += _places(block.blocks)
    return found
