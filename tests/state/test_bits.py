"""Sets of keys take the bits that the specification says, and no subset of them takes more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.letters import DamagedError
from builder.course.state import bits

NUMBERS = st.integers(0, (1 << bits.KEY_BITS) - 1)
# Even, crowded at one end, and at both.
KEYS = st.sets(NUMBERS | st.integers(0, 300) | NUMBERS.map(lambda n: n | 0xFFFF00), max_size=60)


def written(keys: object) -> bits.BitWriter:
    writer = bits.BitWriter()
    bits.write_keys(writer, map(bits.name, keys))  # type: ignore[call-overload]
    return writer


@given(KEYS)
def test_a_set_of_keys_comes_back_in_rising_order(keys: set[int]) -> None:
    reader = bits.BitReader(written(keys).text())
    assert bits.read_keys(reader) == [bits.name(key) for key in sorted(keys)]
    reader.end()


@pytest.mark.whole
@given(KEYS, st.data())
def test_no_smaller_set_takes_more_than_is_reckoned_with(keys: set[int], data) -> None:
    most = data.draw(st.integers(0, len(keys)))
    some = data.draw(
        st.lists(st.sampled_from(sorted(keys)), max_size=most, unique=True) if keys else st.just([])
    )
    assert len(written(some)) <= bits.most_key_bits(map(bits.name, keys), most)


@given(KEYS)
def test_the_reckoned_length_of_a_set_is_close(keys: set[int]) -> None:
    most = bits.most_key_bits(map(bits.name, keys), len(keys))
    assert most - len(written(keys)) <= 2 * len(keys)


def test_two_hundred_pages_take_600_characters() -> None:
    pages = [number * (1 << 24) // 200 for number in range(200)]
    assert len(written(pages).text()) == 602


@pytest.mark.parametrize("text", ["", "A", "!A", "é", "AB", "ACAAAAAA", "ABAAAAAA"])
def test_what_is_no_set_is_refused(text: str) -> None:
    with pytest.raises(DamagedError):
        read_whole(text)


def read_whole(text: str) -> None:
    reader = bits.BitReader(text)
    bits.read_keys(reader)
    reader.end()


@given(st.text(bits.ALPHABET, max_size=40), st.data())
def test_a_checksum_notices_every_change_of_three_characters_together(text: str, data) -> None:
    at = data.draw(st.integers(0, len(text)))
    size = data.draw(st.integers(1, 3))
    other = data.draw(st.text(bits.ALPHABET, min_size=size, max_size=size))
    changed = text[:at] + other + text[at + size :]
    if len(changed) == len(text) and changed != text:
        assert bits.checksum(changed) != bits.checksum(text)
