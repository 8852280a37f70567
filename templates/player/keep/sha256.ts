// SHA-256 (FIPS 180-4), because crypto.subtle exists only on HTTPS pages.

const FRACTION = 2 ** 32;

const primes: number[] = [];
for (let number = 2; primes.length < 64; number += 1) {
  if (primes.every((prime) => number % prime)) primes.push(number);
}
// The first 32 bits of a root's fractional part.
const fraction = (root: number) => Math.floor((root % 1) * FRACTION) | 0;
const K = primes.map((prime) => fraction(Math.cbrt(prime)));
const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const turn = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

/** The digest of the text's UTF-8 bytes, as 64 hexadecimal digits. */
export function sha256(text: string) {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);
  let hash = START;
  for (let block = 0; block < padded.length; block += 64) {
    const words: number[] = [];
    for (let at = 0; at < 64; at += 1)
      words.push(at < 16 ? view.getInt32(block + at * 4) : expanded(words, at));
    hash = compressed(hash, words).map((word, at) => (word + hash[at]) | 0);
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function expanded(words: number[], at: number) {
  const [near, far] = [words[at - 15], words[at - 2]];
  const low = turn(near, 7) ^ turn(near, 18) ^ (near >>> 3);
  const high = turn(far, 17) ^ turn(far, 19) ^ (far >>> 10);
  return (words[at - 16] + low + words[at - 7] + high) | 0;
}

function compressed(hash: number[], words: number[]) {
  let [a, b, c, d, e, f, g, h] = hash;
  words.forEach((word, at) => {
    const chosen = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
    const first = (h + chosen + K[at] + word) | 0;
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  });
  return [a, b, c, d, e, f, g, h];
}
