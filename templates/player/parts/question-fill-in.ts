// Loads with the first page that has a fill-in question.

import { fillIn } from "../questions/fill-in.ts";

scormBuilder.question("fill-in", fillIn);
