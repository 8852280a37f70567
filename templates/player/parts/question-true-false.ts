// Arrives with the first page that asks whether something is true.

import { choice } from "../questions/choice.ts";

scormBuilder.question("true-false", choice);
