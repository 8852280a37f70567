// Arrives with the first page that has a glossary or uses one of its terms.

import { mountTerm } from "../terms.js";

scormBuilder.add("part", "block-glossary", { selector: "a.term, .terms", mount: mountTerm });
