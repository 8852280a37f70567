// Loads with the first page that has a practice question.

import { listAnswers } from "../lms/answers.ts";
import { mountCheck } from "../page/check.ts";
import { tellFirstTries } from "../page/first-tries.ts";
import type { Question } from "../state/question.ts";

scormBuilder.add("part", "answers", listAnswers);
scormBuilder.add("part", "block-check", {
  selector: "form[data-question]",
  mount(form, { entry, data, behaviourOf, ...rest }) {
    const id = form.getAttribute("data-question") as string;
    const question = data.questions[id] as Question;
    // The name of a question may be that of a property of its form, but for this one.
    const article = document.querySelector("main article") as HTMLElement;
    const asked = [...article.querySelectorAll(".check form")].map(
      (one) => data.questions[one.getAttribute("data-question") as string] as Question,
    );
    const tell = () => tellFirstTries(article, asked, rest.store.state, rest.say);
    tell();
    return mountCheck({
      form: form as HTMLFormElement,
      page: entry,
      question,
      behaviour: behaviourOf(question),
      tell,
      ...rest,
    });
  },
});
