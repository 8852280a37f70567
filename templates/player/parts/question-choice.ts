// Loads with the first page that has a choice question.

import { choice } from "../questions/choice.ts";

scormBuilder.question("choice", choice);
