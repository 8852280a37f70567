// What question types with one text field share.

import type { RowMark } from "../state/behaviour.ts";

const LITERAL: Record<string, string> = { "&": "&amp;", "<": "&lt;" };

const escaped = (text: string) => text.replace(/[&<]/g, (sign) => LITERAL[sign]);

/**
 * A paragraph of HTML with an escaped text. The part `own` of it is in the language `lang`, if that
 * is not the language of the page.
 */
export function paragraph(text: string, own = "", lang?: string) {
  const marked = `<span lang="${lang}" dir="auto">${escaped(own)}</span>`;
  return `<p>${lang ? escaped(text).split(escaped(own)).join(marked) : escaped(text)}</p>`;
}

const of = (form: HTMLFormElement): HTMLInputElement =>
  form.querySelector(".answer input") as HTMLInputElement;

export const field = {
  of,
  first: of,
  clear(form: HTMLFormElement) {
    of(form).value = "";
  },
  problem: (form: HTMLFormElement, words: string) => ({ controls: [of(form)], words }),
  /** The mark of the answer `text`. */
  mark: (right: boolean, text: string): RowMark => ({
    row: "",
    text,
    word: right ? "yours_right" : "yours_wrong",
    sign: right ? "right" : "wrong",
  }),
};
