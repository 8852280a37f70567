// Arrives with the first page that asks for practice.

import { mountCheck } from "../page/check.js";

scormBuilder.add("part", "block-check", {
  selector: "form[data-question]",
  mount(form, { entry, data, behaviourOf, ...rest }) {
    const question = data.questions[form.getAttribute("data-question")];
    return mountCheck({ form, page: entry, question, behaviour: behaviourOf(question), ...rest });
  },
});
