// The behaviour that question types with one text field share.

/** @type {Record<string, string>} */
const LITERAL = { "&": "&amp;", "<": "&lt;" };

/**
 * A paragraph of HTML with a text as it stands.
 *
 * @param {string} text
 */
export const paragraph = (text) => `<p>${text.replace(/[&<]/g, (sign) => LITERAL[sign])}</p>`;

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement}
 */
const of = (form) => /** @type {HTMLInputElement} */ (form.querySelector(".answer input"));

/** @import {RowMark} from "../types" */

/** The parts of a behaviour that are the same for each. */
export const field = {
  of,
  first: of,
  /** @param {HTMLFormElement} form */
  clear(form) {
    of(form).value = "";
  },
  /**
   * @param {HTMLFormElement} form
   * @param {string} words
   */
  problem: (form, words) => ({ controls: [of(form)], words }),
  /**
   * The mark of the answer, which is `text`.
   *
   * @param {boolean} right
   * @param {string} text
   * @returns {RowMark}
   */
  mark: (right, text) => ({
    row: "",
    text,
    word: right ? "yours_right" : "yours_wrong",
    sign: right ? "right" : "wrong",
  }),
};
