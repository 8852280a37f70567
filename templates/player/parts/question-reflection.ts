// Arrives with the first page that asks a reflection.

import { reflection } from "../questions/reflection.js";

scormBuilder.question("reflection", reflection);
