// Arrives behind the first page, with what it shows and says.

import { mountVisit } from "../app/visit.js";

scormBuilder.add("part", "shell-visit", mountVisit);
