// Loads with the first page that has a true-false question.

import { choice } from "../questions/choice.ts";

scormBuilder.question("true-false", choice);
