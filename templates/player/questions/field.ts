// What question types with one text field share.

import type { RowMark } from "../state/behaviour.ts";

const LITERAL: Record<string, string> = { "&": "&amp;", "<": "&lt;" };

/** A paragraph of HTML with an escaped text. */
export const paragraph = (text: string) =>
  `<p>${text.replace(/[&<]/g, (sign) => LITERAL[sign])}</p>`;

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
