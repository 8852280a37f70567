// Radio buttons and checkboxes: choice and true-false.

const chosen = (question, response) => question.options.filter(({ id }) => response.includes(id));
const inputs = (form) => [...form.querySelectorAll("fieldset input")];

/**
 * A type of question for the player. A response is the text kept in the state, a–z and 0–9; for a
 * choice the ids of the chosen options in alphabetical order.
 */
export const choice = {
  /** The response in a form, "" where nothing is chosen. */
  read: (form) => inputs(form).filter((input) => input.checked).map((input) => input.value).sort().join(""),
  /** Show a response in its form. */
  restore(form, response) {
    for (const input of inputs(form)) input.checked = response.includes(input.value);
  },
  clear: (form) => choice.restore(form, ""),
  /** The control to go to first. */
  first: (form) => inputs(form)[0],
  /** The response as SCORM 1.2 writes it in student_response. */
  reported: (response) => [...response].join(","),
  /** The response in words. */
  describe: (question, response) => chosen(question, response).map(({ text }) => text).join("; "),
  /** What the course says to each chosen option, HTML; null where it says nothing. */
  feedback: (question, response) => chosen(question, response).map(({ feedback }) => feedback),
};
