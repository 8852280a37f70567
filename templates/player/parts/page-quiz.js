// Arrives with the first page that asks for score.

import { mountQuiz } from "../page/quiz.js";

scormBuilder.add("part", "page-quiz", {
  selector: "[data-quiz]",
  mount: (place, given) => mountQuiz({ place, ...given }),
});
