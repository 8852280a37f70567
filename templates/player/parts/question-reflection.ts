// Arrives with the first page that asks a reflection.

import { reflection } from "../questions/reflection.ts";

scormBuilder.question("reflection", reflection);
