// Arrives with the first page that asks for a task to be done.

import { performance } from "../questions/performance.ts";

scormBuilder.question("performance", performance);
