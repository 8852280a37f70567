// Arrives with the first page that asks for score.

import { mountQuiz } from "../quiz.js";

scormBuilder.add("part", "quiz", mountQuiz);
