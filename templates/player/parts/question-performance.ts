// Loads with the first page that has a performance question.

import { performance } from "../questions/performance.ts";

scormBuilder.question("performance", performance);
