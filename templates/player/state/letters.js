// Free text as letters of six bits. builder/state/letters.py is the other half; docs/state.md
// describes the code.

import { damaged } from "./bits.js";

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";
const ESCAPE = 63;
const SECOND = "\n.,'-?!:;()\"/&@%+_#’‘“”–…£€éèêëàâäáçïîíôöóûüúñŵŷ،؟";
const FIRSTS = [0x05d0, 0x0391, 0x0424, 0x0915, 0x0995, 0x0a15, 0x0a95, 0x0b95, 0x0e01, 0x10d0];
const ALPHABETS = [
  "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٹپچڈڑژکگںھہیے؛",
  ...FIRSTS.map((first) =>
    String.fromCharCode(...Array.from({ length: 60 }, (_, at) => first + at)),
  ),
];
const RUN_SPACE = 60;
const RUN_ONE = 61;
const RUN_END = 62;
/** @type {Record<number, number>} */
const WIDTHS = { 61: 4, 62: 3, 63: 2 };

/** @param {string | undefined} character */
const alphabetOf = (character) =>
  character ? ALPHABETS.findIndex((alphabet) => alphabet.includes(character)) : -1;

/**
 * The letters of a text, numbers of six bits. Half a surrogate pair becomes a question mark.
 *
 * @param {string} text
 */
export function letters(text) {
  const characters = Array.from(text, (one) => (/^[\ud800-\udfff]$/.test(one) ? "?" : one));
  /** @type {number[]} */
  const units = [];
  let run = -1;
  characters.forEach((character, at) => {
    const following = characters[at + 1];
    const index = alphabetOf(character);
    if (run >= 0 && index !== run && character !== " ") {
      // One character of another kind inside a run is cheaper than its end and a new one.
      if (index < 0 && (following === " " || alphabetOf(following) === run)) {
        units.push(RUN_ONE, ...outside(character));
        return;
      }
      units.push(RUN_END);
      run = -1;
    }
    if (run < 0 && index >= 0 && alphabetOf(following) === index) {
      units.push(ESCAPE, SECOND.length + index);
      run = index;
    }
    if (run < 0) units.push(...outside(character));
    else units.push(character === " " ? RUN_SPACE : ALPHABETS[run].indexOf(character));
  });
  return units;
}

/**
 * The letters of one character outside of a run.
 *
 * @param {string} character
 */
function outside(character) {
  if (PLAIN.includes(character)) return [PLAIN.indexOf(character)];
  if (SECOND.includes(character)) return [ESCAPE, SECOND.indexOf(character)];
  const number = character.codePointAt(0) ?? 0;
  const mark = [63, 62].find((one) => number < 64 ** WIDTHS[one]) ?? 61;
  const places = Array.from({ length: WIDTHS[mark] }, (_, place) => (number >>> (6 * place)) & 63);
  return [ESCAPE, mark, ...places.reverse()];
}

/**
 * The text that `letters` made these of; throws where it is none.
 *
 * @param {number[]} units
 * @returns {string}
 */
export function text(units) {
  let at = 0;
  let run = -1;
  let read = "";
  const next = () => (at < units.length ? units[at++] : damaged("end"));

  /**
   * A character, or the number of the alphabet whose run begins.
   *
   * @param {number} unit
   */
  function one(unit) {
    if (unit !== ESCAPE) return PLAIN[unit];
    const second = next();
    if (second < SECOND.length) return SECOND[second];
    if (!WIDTHS[second]) return second - SECOND.length;
    let number = 0;
    for (let place = 0; place < WIDTHS[second]; place += 1) number = number * 64 + next();
    if (number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) damaged("character");
    return String.fromCodePoint(number);
  }

  while (at < units.length) {
    const unit = next();
    if (run < 0) {
      const found = one(unit);
      if (typeof found === "number") run = found;
      else read += found;
    } else if (unit === RUN_SPACE) read += " ";
    else if (unit === RUN_END) run = -1;
    else if (unit === RUN_ONE) {
      const found = one(next());
      read += typeof found === "number" ? damaged("run") : found;
    } else read += ALPHABETS[run][unit] ?? damaged("letter");
  }
  return read;
}
