// Arrives with the first page that asks how far a trainee agrees.

import { likert } from "../questions/likert.js";

scormBuilder.question("likert", likert);
