// An order that looks random and is always the same for one trainee.

/** 32 bits of a text: FNV-1a, its bits then mixed as MurmurHash3 does. */
export function hash(text) {
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
export function shuffled(list, seed, idOf) {
  const placed = list.map((one) => [hash(`${seed} ${idOf(one)}`), String(idOf(one)), one]);
  placed.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
  return placed.map(([, , one]) => one);
}
