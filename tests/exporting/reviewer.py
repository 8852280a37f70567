"""A reviewer with a Word processor: comments and tracked changes as these programs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"
COMMENTS = "word/comments.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_COMMENTS_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Reviewer:
    """Opens a Word file, and saves it when the block ends."""

    def __init__(self, path: Path, author: str = "Ann Lee", date: str = "2026-11-20") -> None:
        self.path = path
        self.author = author
        self.date = f"{date}T10:00:00Z"
        self._number = 100

    def __enter__(self) -> Reviewer:
        with zipfile.ZipFile(self.path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.files[DOCUMENT])
        self.comments: list[etree._Element] = []
        return self

    def __exit__(self, *error: object) -> None:
        self.files[DOCUMENT] = etree.tostring(self.root, encoding="UTF-8", standalone=True)
        if self.comments:
            self._store_comments()
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files.items():
                archive.writestr(name, content)

    def paragraphs(self) -> Iterator[etree._Element]:
        """Every paragraph but those of the contents."""
        for paragraph in self.root.iter(f"{W}p"):
            if not any(one.tag == f"{W}sdt" for one in paragraph.iterancestors()):
                yield paragraph

    def paragraph(self, words: str) -> etree._Element:
        """The first paragraph that has these words."""
        return next(one for one in self.paragraphs() if words in text(one))

    def strike(self, words: str, within: etree._Element | None = None) -> None:
        """Delete words with tracked changes."""
        self.replace(words, "", within)

    def replace(self, words: str, new: str, within: etree._Element | None = None) -> None:
        """Write other words in place of some, with tracked changes."""
        paragraph = self.paragraph(words) if within is None else within
        runs = self._cut(paragraph, words)
        for run in runs:
            deleted = self._change("del")
            run.addprevious(deleted)
            deleted.append(run)
            for node in run.findall(f"{W}t"):
                node.tag = f"{W}delText"
        if new:
            inserted = self._change("ins")
            inserted.append(self._run(new))
            _parent(runs[-1]).addnext(inserted)

    def insert(self, words: str, after: str, within: etree._Element | None = None) -> None:
        """Write words behind others, with tracked changes."""
        paragraph = self.paragraph(after) if within is None else within
        runs = self._cut(paragraph, after)
        inserted = self._change("ins")
        inserted.append(self._run(words))
        runs[-1].addnext(inserted)

    def overwrite(self, words: str, new: str) -> None:
        """The same without tracking it."""
        runs = self._cut(self.paragraph(words), words)
        for run in runs[1:]:
            _parent(run).remove(run)
        for node in runs[0].findall(f"{W}t")[1:]:
            runs[0].remove(node)
        _child(runs[0], "t").text = new

    def sign(self, name: str = "", date: str = "", *exceptions: str, tracked: bool = True) -> None:
        """Fill in the end of the document: a name, a date, and exceptions from the statement."""
        statement, signature = list(self.root.iter(f"{W}tbl"))[-2:]
        for row, written in zip(statement.findall(f"{W}tr")[1:], exceptions, strict=False):
            self.write(_child(row, "tc"), written, tracked)
        for cell, written in zip(
            signature.findall(f"{W}tr")[1].findall(f"{W}tc"), (name, date), strict=True
        ):
            self.write(cell, written, tracked)

    def write(self, cell: etree._Element, words: str, tracked: bool = True) -> None:
        """Write words into an empty cell of a table."""
        if words:
            inserted = self._change("ins") if tracked else _child(cell, "p")
            inserted.append(self._run(words))
            if tracked:
                _child(cell, "p").append(inserted)

    def comment(self, words: str, said: str) -> None:
        """Write a comment on words."""
        runs = self._cut(self.paragraph(words), words)
        key = self._key()
        runs[0].addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": key}))
        end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": key})
        runs[-1].addnext(end)
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": key})
        end.addnext(reference)
        attributes = {f"{W}id": key, f"{W}author": self.author, f"{W}date": self.date}
        comment = etree.Element(f"{W}comment", attributes)
        for line in said.split("\n"):
            etree.SubElement(comment, f"{W}p").append(self._run(line))
        self.comments.append(comment)

    def thread(self, resolved: bool) -> None:
        """Make each comment but the first a reply to it, as Word says it beside the comments."""
        word14 = "http://schemas.microsoft.com/office/word/2010/wordml"
        word15 = "http://schemas.microsoft.com/office/word/2012/wordml"
        root = etree.Element(f"{{{word15}}}commentsEx", nsmap={"w15": word15})
        for number, comment in enumerate(self.comments):
            key = f"0000000{number}"
            comment.findall(f"{W}p")[-1].set(f"{{{word14}}}paraId", key)
            one = etree.SubElement(root, f"{{{word15}}}commentEx", {f"{{{word15}}}paraId": key})
            one.set(f"{{{word15}}}done", str(int(resolved)))
            if number:
                one.set(f"{{{word15}}}paraIdParent", "00000000")
        self.files["word/commentsExtended.xml"] = etree.tostring(root)
        self._relate(
            "commentsExtended.xml",
            "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        )

    def without(self, name: str) -> None:
        """Take every element of this name away, as some programs do when they save."""
        for node in list(self.root.iter(f"{W}{name}")):
            _parent(node).remove(node)

    def forget(self, *names: str) -> None:
        """Drop whole files, and what names them."""
        for name in names:
            del self.files[name]
            for relations in [one for one in self.files if one.endswith(".rels")]:
                root = etree.fromstring(self.files[relations])
                for node in list(root):
                    if node.get("Target", "").lstrip("/") in (name, name.partition("/")[2]):
                        root.remove(node)
                self.files[relations] = etree.tostring(root)

    def _key(self) -> str:
        self._number += 1
        return str(self._number)

    def _change(self, kind: str) -> etree._Element:
        attributes = {"id": self._key(), "author": self.author, "date": self.date}
        return etree.Element(f"{W}{kind}", {f"{W}{key}": one for key, one in attributes.items()})

    def _run(self, words: str) -> etree._Element:
        run = etree.Element(f"{W}r")
        for number, line in enumerate(words.split("\n")):
            if number:
                etree.SubElement(run, f"{W}br")
            etree.SubElement(run, f"{W}t", {SPACE: "preserve"}).text = line
        return run

    def _cut(self, paragraph: etree._Element, words: str) -> list[etree._Element]:
        """The runs that hold exactly these words of a paragraph, cut apart where needed."""
        start = text(paragraph).index(words)
        end = start + len(words)
        at, found = 0, []
        for run in list(paragraph.iter(f"{W}r")):
            here = text(run)
            after = at + len(here)
            if here and at < end and start < after:
                first, last = max(start - at, 0), min(end - at, len(here))
                found.append(_middle(run, first, last))
            at = after
        return found

    def _store_comments(self) -> None:
        root = etree.Element(f"{W}comments", nsmap={"w": NAMESPACE})
        if COMMENTS in self.files:
            root = etree.fromstring(self.files[COMMENTS])
        else:
            self._name_comments()
        root.extend(self.comments)
        self.files[COMMENTS] = etree.tostring(root, encoding="UTF-8", standalone=True)

    def _relate(self, target: str, kind: str) -> None:
        relations = etree.fromstring(self.files[_RELATIONS])
        attributes = {"Id": f"rId{target[:-4]}", "Type": kind, "Target": target}
        etree.SubElement(relations, f"{{{relations.nsmap[None]}}}Relationship", attributes)
        self.files[_RELATIONS] = etree.tostring(relations)

    def _name_comments(self) -> None:
        self._relate("comments.xml", _COMMENTS_KIND)
        types = etree.fromstring(self.files["[Content_Types].xml"])
        attributes = {"PartName": f"/{COMMENTS}", "ContentType": _COMMENTS_TYPE}
        etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", attributes)
        self.files["[Content_Types].xml"] = etree.tostring(types)


def _parent(node: etree._Element) -> etree._Element:
    found = node.getparent()
    assert found is not None
    return found


def _child(node: etree._Element, name: str) -> etree._Element:
    """The first child of a node with this name, such as ``t`` for ``w:t``."""
    found = node.find(f"{W}{name}")
    assert found is not None
    return found


def text(node: etree._Element) -> str:
    """The words of a paragraph or a run as they stand there now."""
    signs = node.iter(f"{W}t", f"{W}noBreakHyphen")
    return "".join("\u2011" if one.tag == f"{W}noBreakHyphen" else one.text or "" for one in signs)


def _middle(run: etree._Element, first: int, last: int) -> etree._Element:
    """A run with these of its letters; the others go into runs beside it."""
    words = text(run)
    before, after = words[:first], words[last:]
    for rest, place in ((before, "addprevious"), (after, "addnext")):
        if rest:
            other = deepcopy(run)
            _say(other, rest)
            put: Callable[[etree._Element], None] = getattr(run, place)
            put(other)
    _say(run, words[first:last])
    return run


def _say(run: etree._Element, words: str) -> None:
    nodes = run.findall(f"{W}t")
    for node in [*nodes[1:], *run.findall(f"{W}noBreakHyphen")]:
        run.remove(node)
    nodes[0].text = words
    nodes[0].set(SPACE, "preserve")
