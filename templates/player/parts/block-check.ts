// Loads with the first page that has a practice question.

import { answerValues } from "../lms/answer-values.ts";
import { mountCheck } from "../page/check.ts";
import type { Question } from "../state/question.ts";

scormBuilder.add("part", "answer-values", answerValues);
scormBuilder.add("part", "block-check", {
  selector: "form[data-question]",
  mount(form, { entry, data, behaviourOf, ...rest }) {
    const id = form.getAttribute("data-question") as string;
    const question = data.questions[id] as Question;
    return mountCheck({
      form: form as HTMLFormElement,
      page: entry,
      question,
      behaviour: behaviourOf(question),
      ...rest,
    });
  },
});
