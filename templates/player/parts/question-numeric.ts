// Loads with the first page that has a numeric question.

import { numeric } from "../questions/numeric.ts";

scormBuilder.question("numeric", numeric);
