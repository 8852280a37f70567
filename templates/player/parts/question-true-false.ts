// Loads with the first page that has a true-false question.

import { trueFalse } from "../questions/true-false.ts";

scormBuilder.question("true-false", trueFalse);
