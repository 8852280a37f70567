// Arrives with the first page that asks for a number.

import { numeric } from "../questions/numeric.ts";

scormBuilder.question("numeric", numeric);
