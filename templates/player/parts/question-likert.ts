// Arrives with the first page that asks how far a trainee agrees.

import { likert } from "../questions/likert.ts";

scormBuilder.question("likert", likert);
