// Shuffles a list in the same way each time for one trainee.

/** A 32-bit hash of a text: FNV-1a, then the final mix of MurmurHash3. */
export function hash(text: string) {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Shuffles a list by a seed text. Adding or removing a thing leaves the order of the others
 * unchanged.
 */
export function shuffled<T>(list: T[], seed: string, idOf: (thing: T) => unknown): T[] {
  const placed = list.map((thing) => {
    const id = String(idOf(thing));
    return { place: hash(`${seed} ${id}`), id, thing };
  });
  placed.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return placed.map(({ thing }) => thing);
}
