// A row of bits as characters, six bits each, and the sets of keys in it.
// builder/course/state/bits.py is the other half; docs/state.md describes the format.

import type { Key } from "./state.ts";

/** Collects bits, the highest of each number first. */
export interface BitWriter {
  write(number: number, width: number): void;
  /** All bits as characters of six bits each. */
  text(): string;
}

/** Reads what a writer wrote; throws for what it cannot have written. */
export interface BitReader {
  read(width: number): number;
  /** Nothing but the zeros that fill the last character may be left. */
  end(): void;
}

export const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character, value]));
const KEY_BITS = 24;
/** Bits that count the keys of a set, the characters of a section, or the letters of a text. */
export const COUNT_BITS = 12;
/** The most that can be counted so. */
export const MOST = 2 ** COUNT_BITS - 1;

/** Stop reading what no writer of this format wrote, or writing what it cannot hold. */
export function damaged(what: string): never {
  throw RangeError(what);
}

const sixBitsOf = (character: string): number => VALUES.get(character) ?? damaged("alphabet");

/** Collects bits, the highest of each number first. */
export function bitWriter(): BitWriter {
  const values: number[] = [];
  let room = 0;
  return {
    /** Add a number of `width` bits. */
    write(number: number, width: number) {
      for (let bit = width - 1; bit >= 0; bit -= 1) {
        if (!room) {
          values.push(0);
          room = 6;
        }
        room -= 1;
        values[values.length - 1] |= ((number >>> bit) & 1) << room;
      }
    },
    /** All bits as characters; zeros fill the last one. */
    text: () => values.map((value) => ALPHABET[value]).join(""),
  };
}

/** Reads what a writer wrote; throws for what it cannot have written. */
export function bitReader(text: string): BitReader {
  const values = Array.from(text, sixBitsOf);
  let at = 0;
  return {
    /** The next number of `width` bits. */
    read(width: number) {
      if (at + width > values.length * 6) damaged("end");
      let number = 0;
      for (const end = at + width; at < end; at += 1) {
        number = number * 2 + ((values[Math.floor(at / 6)] >> (5 - (at % 6))) & 1);
      }
      return number;
    },
    /** Nothing but the zeros that fill the last character may be left. */
    end() {
      const rest = values.length * 6 - at;
      if (rest >= 6 || this.read(rest)) damaged("rest");
    },
  };
}

const numberOf = (key: Key) =>
  Array.from(key).reduce((number, character) => number * 64 + sixBitsOf(character), 0);
const nameOf = (number: number): Key =>
  [18, 12, 6, 0].map((shift) => ALPHABET[(number >> shift) & 63]).join("");

// The distance between neighbours is 2²⁴ / count on average; Rice codes are shortest where the
// remainder has about as many bits as the average distance.
const remainderBits = (count: number) => KEY_BITS - (count ? Math.floor(Math.log2(count)) + 1 : 0);

/** Write a set of keys, at most MOST; gives them in the order in which they stand there. */
export function writeKeys(bits: BitWriter, keys: Iterable<Key>) {
  const numbers = [...new Set(keys)].map(numberOf).sort((a, b) => a - b);
  bits.write(numbers.length, COUNT_BITS);
  const width = remainderBits(numbers.length);
  let before = -1;
  for (const number of numbers) {
    const distance = number - before - 1;
    for (let more = distance >> width; more; more -= 1) bits.write(1, 1);
    bits.write(0, 1);
    bits.write(distance & (2 ** width - 1), width);
    before = number;
  }
  return numbers.map(nameOf);
}

/** The set of keys that `writeKeys` wrote, in its order. */
export function readKeys(bits: BitReader) {
  const count = bits.read(COUNT_BITS);
  const width = remainderBits(count);
  const keys: Key[] = [];
  let number = -1;
  while (keys.length < count) {
    let quotient = 0;
    while (bits.read(1)) quotient += 1;
    number += quotient * 2 ** width + bits.read(width) + 1;
    if (number >= 2 ** KEY_BITS) damaged("key");
    keys.push(nameOf(number));
  }
  return keys;
}

/** Characters of a checksum. */
export const CHECK_SIZE = 3;
const CHECK_BITS = 6 * CHECK_SIZE;
const POLYNOMIAL = 0x81;

/**
 * The CRC (x¹⁸ + x⁷ + 1) of the six bits of each character, as CHECK_SIZE characters; throws for a
 * character of another alphabet.
 */
export function checksum(text: string) {
  const mask = 2 ** CHECK_BITS - 1;
  let crc = mask;
  for (const character of text) {
    const value = sixBitsOf(character);
    for (let shift = 5; shift >= 0; shift -= 1) {
      const carry = ((crc >> (CHECK_BITS - 1)) ^ (value >> shift)) & 1;
      crc = (crc << 1) & mask;
      if (carry) crc ^= POLYNOMIAL;
    }
  }
  return [12, 6, 0].map((shift) => ALPHABET[(crc >> shift) & 63]).join("");
}
