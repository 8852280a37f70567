// Arrives with the first page that asks for score.

import { mountQuiz } from "../page/quiz.js";

/** @import {QuizPage, QuizPageData} from "../types" */

scormBuilder.add("part", "page-quiz", {
  selector: "[data-quiz]",
  mount: (place, { entry, data, ...given }) =>
    mountQuiz({
      place,
      entry: /** @type {QuizPage} */ (entry),
      data: /** @type {QuizPageData} */ (/** @type {unknown} */ (data)),
      ...given,
    }),
});
