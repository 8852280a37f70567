// Loads with the first page that has a reflection.

import { reflection } from "../questions/reflection.ts";

scormBuilder.question("reflection", reflection);
