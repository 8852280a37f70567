// Arrives with the first page that asks for a choice.

import { choice } from "../questions/choice.ts";

scormBuilder.question("choice", choice);
