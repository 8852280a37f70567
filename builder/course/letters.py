"""Encodes text in letters, units of six bits, for the saved state.

Most English characters take one letter, Welsh and French characters one or two. Characters of some
other alphabets take one letter within a run, a sequence of characters from the same alphabet. Any
other Unicode character takes up to six letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


class DamagedError(ValueError):
    """The input was not written by an encoder of the saved state, or was changed since."""


PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "
"""Characters that take one letter."""
_ESCAPE = 63
SECOND = "\n.,'-?!:;()\"/&@%+_#’‘“”–…£€éèêëàâäáçïîíôöóûüúñŵŷ،؟"
"""Characters that take two letters: ``_ESCAPE``, and their index in this text."""
_ALPHABETS = len(SECOND)
"""The letter after ``_ESCAPE`` that starts a run in the first alphabet of ``ALPHABETS``; those of
the other alphabets follow."""
ALPHABETS = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٹپچڈڑژکگںھہیے؛",
    *(
        "".join(map(chr, range(first, first + 60)))
        for first in (
            0x05D0,  # Hebrew
            0x0391,  # Greek
            0x0424,  # Cyrillic, small letters
            0x0915,  # Devanagari
            0x0995,  # Bengali
            0x0A15,  # Gurmukhi
            0x0A95,  # Gujarati
            0x0B95,  # Tamil
            0x0E01,  # Thai
            0x10D0,  # Georgian
        )
    ),
)
"""Alphabets of at most 60 characters; within a run, each character takes one letter."""
_RUN_SPACE, _RUN_ONE, _RUN_END = 60, 61, 62
"""Special letters within a run: for a space, before one character that is encoded as outside of a
run, and for the end of the run."""
_WIDTHS = {61: 4, 62: 3, 63: 2}
"""The number of letters of a code point (most significant letter first), by the letter between
``_ESCAPE`` and the code point."""
_PLAIN_LETTERS = {character: letter for letter, character in enumerate(PLAIN)}
_SECOND_LETTERS = {character: letter for letter, character in enumerate(SECOND)}
_ALPHABET_OF = {
    character: (index, letter)
    for index, alphabet in enumerate(ALPHABETS)
    for letter, character in enumerate(alphabet)
}


def letters(text: str) -> list[int]:
    """Encode a text as letters, each a number from 0 to 63. Half a surrogate pair becomes a
    question mark."""
    characters = [character if not "\ud800" <= character <= "\udfff" else "?" for character in text]
    return list(_encode(characters))


def room(text: str) -> int:
    """The length of a text in letters of the saved state, in which limits of saved answers are
    given; a character may take several letters."""
    return len(letters(text))


def _encode(text: Sequence[str]) -> Iterator[int]:
    run = None
    for at, character in enumerate(text):
        following = text[at + 1] if at + 1 < len(text) else ""
        index, letter = _ALPHABET_OF.get(character, (None, 0))
        if run is not None and index != run and character != " ":
            # Encoding one foreign character inside a run is shorter than ending the run and
            # starting a new one.
            if index is None and (following == " " or _alphabet(following) == run):
                yield _RUN_ONE
                yield from _encode_outside_run(character)
                continue
            yield _RUN_END
            run = None
        if run is None and index is not None and _alphabet(following) == index:
            yield _ESCAPE
            yield _ALPHABETS + index
            run = index
        if run is None:
            yield from _encode_outside_run(character)
        else:
            yield _RUN_SPACE if character == " " else letter


def _alphabet(character: str) -> int | None:
    return _ALPHABET_OF.get(character, (None,))[0]


def _encode_outside_run(character: str) -> Iterator[int]:
    """Yield the letters of one character outside of a run."""
    if character in _PLAIN_LETTERS:
        yield _PLAIN_LETTERS[character]
        return
    yield _ESCAPE
    if character in _SECOND_LETTERS:
        yield _SECOND_LETTERS[character]
        return
    number = ord(character)
    mark = next(mark for mark in (63, 62, 61) if number < 1 << 6 * _WIDTHS[mark])
    yield mark
    for place in range(_WIDTHS[mark] - 1, -1, -1):
        yield number >> 6 * place & 63


def text(units: Iterable[int]) -> str:
    """Decode letters to text. Raises ``DamagedError`` for invalid input."""
    return "".join(_Decoder(units).text())


class _Decoder:
    def __init__(self, units: Iterable[int]) -> None:
        self._units = iter(units)

    def text(self) -> Iterator[str]:
        run = None
        for unit in self._units:
            if run is None:
                read = self._decode_outside_run(unit)
                if isinstance(read, int):
                    run = ALPHABETS[read]
                else:
                    yield read
            elif unit == _RUN_SPACE:
                yield " "
            elif unit == _RUN_ONE:
                read = self._decode_outside_run(self._next())
                if isinstance(read, int):
                    raise DamagedError("a run inside a run")
                yield read
            elif unit == _RUN_END:
                run = None
            elif unit < len(run):
                yield run[unit]
            else:
                raise DamagedError("a letter that the alphabet has not")

    def _next(self) -> int:
        unit = next(self._units, None)
        if unit is None:
            raise DamagedError("the text ends within a character")
        return unit

    def _decode_outside_run(self, unit: int) -> str | int:
        """Decode the letter ``unit``, and letters after it if needed: a character, or the index of
        the alphabet whose run starts."""
        if unit != _ESCAPE:
            return PLAIN[unit]
        second = self._next()
        if second < _ALPHABETS:
            return SECOND[second]
        if second not in _WIDTHS:
            index = second - _ALPHABETS
            if index >= len(ALPHABETS):
                raise DamagedError("an alphabet that there is not")
            return index
        number = 0
        for _ in range(_WIDTHS[second]):
            number = number << 6 | self._next()
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            raise DamagedError("a character that there is not")
        return chr(number)
