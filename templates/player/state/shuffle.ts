// An order that looks random and is always the same for one trainee.

/** 32 bits of a text: FNV-1a, its bits then mixed as MurmurHash3 does. */
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
 * The list in the order of a seed, a text. Each thing has its own place in it by `idOf`: one that
 * is added or taken away leaves the order of the others as it is.
 */
export function shuffled<T>(list: T[], seed: string, idOf: (thing: T) => unknown): T[] {
  const placed = list.map((thing) => {
    const id = String(idOf(thing));
    return { place: hash(`${seed} ${id}`), id, thing };
  });
  placed.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return placed.map(({ thing }) => thing);
}
