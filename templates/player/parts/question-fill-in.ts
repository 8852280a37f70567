// Arrives with the first page that asks for a word.

import { fillIn } from "../questions/fill-in.ts";

scormBuilder.question("fill-in", fillIn);
