"""What styles say of the paragraphs that are counted."""

from __future__ import annotations

from builder.importers.word.styles import HEADING

FALSE = ("0", "false", "off", "none")


class Styles:
    """What styles say of their paragraphs: heading, list, hidden; by those they are based on."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}
        self._at = ""

    def begin(self, tag: str, said: dict[str, str]) -> None:
        """An element begins, with what its attributes say."""
        value = said.get("w:val", "")
        if tag == "w:style":
            self._at = said.get("w:styleId", "")
            self._said[self._at] = {}
        elif self._at and tag in ("w:outlineLvl", "w:name", "w:numId", "w:basedOn", "w:vanish"):
            self._said[self._at].setdefault(tag, value)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "w:style":
            self._at = ""

    def of(self, style: str, tag: str) -> str | None:
        """What a style says, or the nearest one that it is based on."""
        for _ in range(50):
            said = self._said.get(style, {})
            if tag in said:
                return said[tag]
            if tag == "w:outlineLvl" and HEADING.fullmatch(said.get("w:name", "").lower()):
                return "0"
            style = said.get("w:basedOn", "")
        return None

    def is_hidden(self, style: str) -> bool:
        """Whether words of a style are hidden."""
        said = self.of(style, "w:vanish")
        return said is not None and said.lower() not in FALSE
