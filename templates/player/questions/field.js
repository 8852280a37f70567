// What question types with one text field share.

const LITERAL = { "&": "&amp;", "<": "&lt;" };

/** A paragraph of HTML with a text as it stands. */
export const paragraph = (text) => `<p>${text.replace(/[&<]/g, (found) => LITERAL[found])}</p>`;

const of = (form) => form.querySelector(".answer input");

/** The parts of a behaviour that are the same for each. */
export const field = {
  of,
  first: of,
  clear(form) {
    of(form).value = "";
  },
  problem: (form, words) => ({ controls: [of(form)], words }),
};
