// Bit strings as characters of six bits, and sets of keys in them. builder/course/state/bits.py is
// the Python counterpart; docs/state.md describes the format.

import type { Key } from "./state.ts";

/** Collects bits, the most significant bit of each number first. */
export interface BitWriter {
  write(number: number, width: number): void;
  /** All bits as characters of six bits each, the last one filled with zeros. */
  text(): string;
}

/** Reads what a BitWriter wrote. Throws if the text cannot come from one. */
export interface BitReader {
  read(width: number): number;
  /** Whether characters are left. */
  more(): boolean;
  /** Throws unless only the zeros that fill the last character are left. */
  end(): void;
}

export const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character, value]));
const KEY_BITS = 24;
/** Bits for the number of keys in a set, characters in a section, or letters in a text. */
export const COUNT_BITS = 12;
/** The largest such number. */
export const MOST = 2 ** COUNT_BITS - 1;

/** Throws, to stop reading or writing what the format cannot hold. */
export function damaged(): never {
  throw RangeError();
}

const sixBitsOf = (character: string): number => VALUES.get(character) ?? damaged();

export function bitWriter(): BitWriter {
  const values: number[] = [];
  let room = 0;
  return {
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
    text: () => values.map((value) => ALPHABET[value]).join(""),
  };
}

export function bitReader(text: string): BitReader {
  const values = Array.from(text, sixBitsOf);
  let at = 0;
  return {
    read(width: number) {
      if (at + width > values.length * 6) damaged();
      let number = 0;
      for (const end = at + width; at < end; at += 1) {
        number = number * 2 + ((values[Math.floor(at / 6)] >> (5 - (at % 6))) & 1);
      }
      return number;
    },
    more: () => at < values.length * 6,
    end() {
      const rest = values.length * 6 - at;
      if (rest >= 6 || this.read(rest)) damaged();
    },
  };
}

const numberOf = (key: Key) =>
  Array.from(key).reduce((number, character) => number * 64 + sixBitsOf(character), 0);
const nameOf = (number: number): Key =>
  [18, 12, 6, 0].map((shift) => ALPHABET[(number >> shift) & 63]).join("");

// The average distance between keys is 2²⁴ / count. Rice codes are shortest if the remainder has
// about as many bits as that distance.
const remainderBits = (count: number) => KEY_BITS - (count ? Math.floor(Math.log2(count)) + 1 : 0);

/** Writes a set of at most MOST keys; returns them in the order of writing. */
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

/** Reads what `writeKeys` wrote. */
export function readKeys(bits: BitReader) {
  const count = bits.read(COUNT_BITS);
  const width = remainderBits(count);
  const keys: Key[] = [];
  let number = -1;
  while (keys.length < count) {
    let quotient = 0;
    while (bits.read(1)) quotient += 1;
    number += quotient * 2 ** width + bits.read(width) + 1;
    if (number >= 2 ** KEY_BITS) damaged();
    keys.push(nameOf(number));
  }
  return keys;
}

/** Characters of a checksum. */
export const CHECK_SIZE = 3;
const CHECK_BITS = 6 * CHECK_SIZE;
const POLYNOMIAL = 0x81;

/**
 * The CRC (x¹⁸ + x⁷ + 1) of the characters' bits, as CHECK_SIZE characters. Throws for a character
 * outside the alphabet.
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
