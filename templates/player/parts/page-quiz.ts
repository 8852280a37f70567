// Loads with the first quiz.

import { listAnswers } from "../lms/answers.ts";
import { mountQuiz } from "../page/quiz.ts";
import type { QuizPage } from "../state/course.ts";
import type { QuizPageData } from "../state/page-data.ts";

scormBuilder.add("part", "answers", listAnswers);
scormBuilder.add("part", "page-quiz", {
  selector: "[data-quiz]",
  mount: (place, { entry, data, ...given }) =>
    mountQuiz({
      place,
      entry: entry as QuizPage,
      data: data as unknown as QuizPageData,
      ...given,
    }),
});
