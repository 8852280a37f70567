// The behaviour that question types with one text field share.

import type { RowMark } from "../state/behaviour.ts";

const LITERAL: Record<string, string> = { "&": "&amp;", "<": "&lt;" };

/** A paragraph of HTML with a text as it stands. */
export const paragraph = (text: string) =>
  `<p>${text.replace(/[&<]/g, (sign) => LITERAL[sign])}</p>`;

const of = (form: HTMLFormElement): HTMLInputElement =>
  form.querySelector(".answer input") as HTMLInputElement;

/** The parts of a behaviour that are the same for each. */
export const field = {
  of,
  first: of,
  clear(form: HTMLFormElement) {
    of(form).value = "";
  },
  problem: (form: HTMLFormElement, words: string) => ({ controls: [of(form)], words }),
  /** The mark of the answer, which is `text`. */
  mark: (right: boolean, text: string): RowMark => ({
    row: "",
    text,
    word: right ? "yours_right" : "yours_wrong",
    sign: right ? "right" : "wrong",
  }),
};
