// Loads with the first page that has a likert question.

import { likert } from "../questions/likert.ts";

scormBuilder.question("likert", likert);
