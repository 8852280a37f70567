"""Encodes bits, and sets of keys, as characters of six bits each, for the saved state.

A key is 4 such characters that name a page, question or record item (``builder.course.keys``).
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.course.letters import DamagedError

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The base64url alphabet; the index of each character is its six-bit value."""
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
KEY_BITS = 24
"""Number of bits of a key."""
COUNT_BITS = 12
"""Number of bits of a count: of the keys of a set, the characters of a section, or the letters of a
text."""
MOST = (1 << COUNT_BITS) - 1
"""The largest possible count."""


def _value(character: str) -> int:
    if character not in _VALUES:
        raise DamagedError("a character of another alphabet")
    return _VALUES[character]


class BitWriter:
    """Collects numbers as bits, each number with its most significant bit first."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def write(self, number: int, width: int) -> None:
        """Append a number as ``width`` bits. Raises ``ValueError`` if it needs more bits."""
        if not 0 <= number < 1 << width:
            raise ValueError(f"{number} does not fit into {width} bits")
        if width:
            self._bits.append(f"{number:0{width}b}")

    def __len__(self) -> int:
        """The number of bits written so far."""
        return sum(map(len, self._bits))

    def text(self) -> str:
        """All bits as characters of ``ALPHABET``, padded with zeros."""
        bits = "".join(self._bits)
        bits += "0" * (-len(bits) % 6)
        return "".join(ALPHABET[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


class BitReader:
    """Reads the output of ``BitWriter``. Raises ``DamagedError`` for any other input."""

    def __init__(self, text: str) -> None:
        self._bits = "".join(f"{_value(character):06b}" for character in text)
        self._at = 0

    def read(self, width: int) -> int:
        """Read the next ``width`` bits as a number."""
        end = self._at + width
        if end > len(self._bits):
            raise DamagedError("the bits end too early")
        number = int(self._bits[self._at : end] or "0", 2)
        self._at = end
        return number

    def more(self) -> bool:
        """Whether bits are left."""
        return self._at < len(self._bits)

    def end(self) -> None:
        """Raise ``DamagedError`` if more is left than the zero padding of the last character."""
        rest = self._bits[self._at :]
        if len(rest) >= 6 or "1" in rest:
            raise DamagedError("more bits than there should be")


def number(key: str) -> int:
    """Convert a key from 4 characters of ``ALPHABET`` to an integer."""
    value = 0
    for character in key:
        value = value << 6 | _VALUES[character]
    return value


def name(value: int) -> str:
    """Convert a key from an integer to 4 characters of ``ALPHABET``."""
    return "".join(ALPHABET[value >> shift & 63] for shift in (18, 12, 6, 0))


def _remainder_bits(count: int) -> int:
    # The average distance between neighbours is 2²⁴ / count. Rice codes are shortest if the
    # remainder has about as many bits as the average distance.
    return KEY_BITS - count.bit_length()


def write_keys(bits: BitWriter, keys: Iterable[str]) -> list[str]:
    """Write a set of keys; returns the keys in the order in which they are written. Raises
    ``ValueError`` if there are more than ``MOST``.

    Writes their count, then, in ascending order of the keys as numbers, the distance of each number
    from the previous one as a Rice code.
    """
    values = sorted(map(number, set(keys)))
    bits.write(len(values), COUNT_BITS)
    width = _remainder_bits(len(values))
    before = -1
    for value in values:
        distance = value - before - 1
        for _ in range(distance >> width):
            bits.write(1, 1)
        bits.write(0, 1)
        bits.write(distance & (1 << width) - 1, width)
        before = value
    return [name(value) for value in values]


def read_keys(bits: BitReader) -> list[str]:
    """Read a set of keys that ``write_keys`` wrote; returns them in ascending order."""
    count = bits.read(COUNT_BITS)
    width = _remainder_bits(count)
    keys = []
    value = -1
    for _ in range(count):
        quotient = 0
        while bits.read(1):
            quotient += 1
        value += (quotient << width | bits.read(width)) + 1
        if value >> KEY_BITS:
            raise DamagedError("a key of more bits than keys have")
        keys.append(name(value))
    return keys


def most_key_bits(keys: Iterable[str], most: int) -> int:
    """The maximum number of bits that ``write_keys`` can take for a subset with at most ``most`` of
    these keys, and with at most ``MOST``.

    A subset never takes more bits than the whole set if both have remainders of the same width:
    dropping a key saves a remainder and a bit, and adds at most 1 to a quotient. So the whole set
    is the longest of its width. For every other width the largest sets are the longest, and their
    quotients add up to no more than that of the largest key.
    """
    values = sorted(map(number, set(keys)))
    most = min(most, MOST)
    whole = BitWriter()
    if len(values) <= most:
        write_keys(whole, map(name, values))
    longest = len(whole)
    largest = values[-1] if values else 0
    for size in range(len(values).bit_length() + (len(values) > most)):
        count = min((1 << size) - 1, most)
        width = _remainder_bits(count)
        longest = max(longest, COUNT_BITS + count * (width + 1) + (largest >> width))
    return longest


_CHECK_BITS = 18
_POLYNOMIAL = 1 << 7 | 1
"""The CRC polynomial x¹⁸ + x⁷ + 1, without its first term.

A CRC of 18 bits detects every change within 3 adjacent characters; of other changes, it misses one
in 262,144.
"""
CHECK_SIZE = _CHECK_BITS // 6
"""Number of characters of a checksum."""


def checksum(text: str) -> str:
    """The CRC of the six-bit values of all characters, as ``CHECK_SIZE`` characters.

    Raises ``DamagedError`` for a character outside the alphabet.
    """
    mask = (1 << _CHECK_BITS) - 1
    crc = mask
    for character in text:
        value = _value(character)
        for shift in range(5, -1, -1):
            carry = crc >> (_CHECK_BITS - 1) ^ value >> shift & 1
            crc = crc << 1 & mask
            if carry & 1:
                crc ^= _POLYNOMIAL
    return "".join(ALPHABET[crc >> shift & 63] for shift in (12, 6, 0))
