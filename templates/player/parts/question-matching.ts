// Loads with the first page that has a matching question.

import { matching } from "../questions/matching.ts";

scormBuilder.question("matching", matching);
