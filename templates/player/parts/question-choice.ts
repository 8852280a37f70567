// Arrives with the first page that asks for a choice.

import { choice } from "../questions/choice.js";

scormBuilder.question("choice", choice);
