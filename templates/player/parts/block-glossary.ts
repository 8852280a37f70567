// Loads with the first page that has a glossary or uses one of its terms.

import { mountTerm } from "../page/glossary.ts";

scormBuilder.add("part", "block-glossary", { selector: "a.term, .terms", mount: mountTerm });
