// Encodes free text as units of six bits. builder/course/letters.py is the Python counterpart;
// docs/state.md describes the code.

import { damaged } from "./bits.ts";

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
const WIDTHS: Record<number, number> = { 61: 4, 62: 3, 63: 2 };

const alphabetOf = (character: string | undefined) =>
  character ? ALPHABETS.findIndex((alphabet) => alphabet.includes(character)) : -1;

/** Encodes a text. An unpaired surrogate becomes a question mark. */
export function letters(text: string) {
  const characters = Array.from(text, (character) =>
    /^[\ud800-\udfff]$/.test(character) ? "?" : character,
  );
  const units: number[] = [];
  let run = -1;
  characters.forEach((character, at) => {
    const following = characters[at + 1];
    const index = alphabetOf(character);
    if (run >= 0 && index !== run && character !== " ") {
      // A single character of another kind inside a run is cheaper than ending the run and starting
      // another.
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

/** How many units a text takes in the state; limits are in these units. */
export const roomOf = (text: string) => letters(text).length;

/** The units of one character outside a run. */
function outside(character: string) {
  if (PLAIN.includes(character)) return [PLAIN.indexOf(character)];
  if (SECOND.includes(character)) return [ESCAPE, SECOND.indexOf(character)];
  const number = character.codePointAt(0) ?? 0;
  const mark = [63, 62].find((narrow) => number < 64 ** WIDTHS[narrow]) ?? 61;
  const places = Array.from({ length: WIDTHS[mark] }, (_, place) => (number >>> (6 * place)) & 63);
  return [ESCAPE, mark, ...places.reverse()];
}

/** Decodes units; throws if they are invalid. */
export function text(units: number[]): string {
  let at = 0;
  let run = -1;
  let read = "";
  const following = () => (at < units.length ? units[at++] : damaged());

  /** A character, or the number of the alphabet whose run begins. */
  function character(unit: number) {
    if (unit !== ESCAPE) return PLAIN[unit];
    const second = following();
    if (second < SECOND.length) return SECOND[second];
    if (!WIDTHS[second]) return second - SECOND.length;
    let number = 0;
    for (let place = 0; place < WIDTHS[second]; place += 1) number = number * 64 + following();
    if (number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) damaged();
    return String.fromCodePoint(number);
  }

  while (at < units.length) {
    const unit = following();
    if (run < 0) {
      const next = character(unit);
      if (typeof next === "number") run = next;
      else read += next;
    } else if (unit === RUN_SPACE) read += " ";
    else if (unit === RUN_END) run = -1;
    else if (unit === RUN_ONE) {
      const single = character(following());
      read += typeof single === "number" ? damaged() : single;
    } else read += ALPHABETS[run][unit] ?? damaged();
  }
  return read;
}
