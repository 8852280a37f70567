// Loads with the first page that has a sequencing question.

import { sequencing } from "../questions/sequencing.ts";

scormBuilder.question("sequencing", sequencing);
