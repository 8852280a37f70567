// Arrives behind the first page, with what it shows and says.

import { mountSurroundings } from "../app/surroundings.js";

scormBuilder.add("part", "shell-visit", mountSurroundings);
