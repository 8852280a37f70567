// Loads with the interface around the pages in a language that lacks interface texts.

import { markEnglish } from "../shell/english.ts";

scormBuilder.add("part", "shell-english", markEnglish);
