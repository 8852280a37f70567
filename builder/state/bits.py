"""A row of bits as characters, six bits each, and the sets of keys in it."""

from __future__ import annotations

from collections.abc import Iterable

from builder.letters import DamagedError

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The characters of base64url, by the six bits that each stands for."""
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
KEY_BITS = 24
"""Bits of a key: what names a page, a question or a record item."""
COUNT_BITS = 12
"""Bits that count the keys of a set, the characters of a section, or the letters of a text."""
MOST = (1 << COUNT_BITS) - 1
"""The most that can be counted so."""


def _value(character: str) -> int:
    if character not in _VALUES:
        raise DamagedError("a character of another alphabet")
    return _VALUES[character]


class BitWriter:
    """Collects bits, the highest of each number first."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def write(self, number: int, width: int) -> None:
        """Add a number of ``width`` bits. Raises ``ValueError`` where it needs more."""
        if not 0 <= number < 1 << width:
            raise ValueError(f"{number} does not fit into {width} bits")
        if width:
            self._bits.append(f"{number:0{width}b}")

    def __len__(self) -> int:
        """How many bits there are."""
        return sum(map(len, self._bits))

    def text(self) -> str:
        """All bits as characters of ``ALPHABET``; zeros fill the last one."""
        bits = "".join(self._bits)
        bits += "0" * (-len(bits) % 6)
        return "".join(ALPHABET[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


class BitReader:
    """Reads what a ``BitWriter`` wrote. Raises ``DamagedError`` for what it cannot have written."""

    def __init__(self, text: str) -> None:
        self._bits = "".join(f"{_value(character):06b}" for character in text)
        self._at = 0

    def read(self, width: int) -> int:
        """The next number of ``width`` bits."""
        end = self._at + width
        if end > len(self._bits):
            raise DamagedError("the bits end too early")
        number = int(self._bits[self._at : end] or "0", 2)
        self._at = end
        return number

    def end(self) -> None:
        """Nothing but the zeros that fill the last character may be left."""
        rest = self._bits[self._at :]
        if len(rest) >= 6 or "1" in rest:
            raise DamagedError("more bits than there should be")


def number(key: str) -> int:
    """The bits of a key, written as 4 characters of ``ALPHABET``."""
    value = 0
    for character in key:
        value = value << 6 | _VALUES[character]
    return value


def name(value: int) -> str:
    """The 4 characters of a key."""
    return "".join(ALPHABET[value >> shift & 63] for shift in (18, 12, 6, 0))


def _remainder_bits(count: int) -> int:
    # The distance between neighbours is 2²⁴ / count on average; Rice codes are shortest where the
    # remainder has about as many bits as the average distance.
    return KEY_BITS - count.bit_length()


def write_keys(bits: BitWriter, keys: Iterable[str]) -> list[str]:
    """Write a set of keys, at most ``MOST``: how many, then in rising order the distance of each
    from the one before, Rice-coded. Gives them in that order."""
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
    """The set of keys that ``write_keys`` wrote, in its order."""
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
    """The most bits that a set of at most ``most`` of these keys takes, with its count.

    A part of a set never takes more than the set where both have remainders of the same width: a
    key less saves a remainder and its bit, and adds at most 1 to a quotient. So the whole set is
    the longest of those of its width. For every other width the largest sets of it are, and their
    quotients add up to no more than that of the largest key.
    """
    values = sorted(map(number, set(keys)))
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
"""x¹⁸ + x⁷ + 1, without its first term. A CRC of 18 bits notices every change within 3 characters
that stand together, and lets one of 262,144 others pass."""
CHECK_SIZE = _CHECK_BITS // 6
"""Characters of a checksum."""


def checksum(text: str) -> str:
    """The CRC of the six bits of each character, as ``CHECK_SIZE`` characters. Raises
    ``DamagedError`` for a character of another alphabet."""
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
