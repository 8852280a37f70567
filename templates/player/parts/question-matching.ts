// Arrives with the first page that asks a matching question.

import { matching } from "../questions/matching.ts";

scormBuilder.question("matching", matching);
