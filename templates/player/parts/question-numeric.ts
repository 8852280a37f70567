// Arrives with the first page that asks for a number.

import { numeric } from "../questions/numeric.js";

scormBuilder.question("numeric", numeric);
