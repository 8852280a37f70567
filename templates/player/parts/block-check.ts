// Arrives with the first page that asks for practice.

import { mountCheck } from "../page/check.js";

/** @import {Question} from "../types" */

scormBuilder.add("part", "block-check", {
  selector: "form[data-question]",
  mount(form, { entry, data, behaviourOf, ...rest }) {
    const id = /** @type {string} */ (form.getAttribute("data-question"));
    const question = /** @type {Question} */ (data.questions[id]);
    return mountCheck({
      form: /** @type {HTMLFormElement} */ (form),
      page: entry,
      question,
      behaviour: behaviourOf(question),
      ...rest,
    });
  },
});
