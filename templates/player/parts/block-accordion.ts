// Loads with the first page that has an accordion.

import { mountAccordion } from "../page/accordion.ts";

scormBuilder.add("part", "block-accordion", { selector: ".accordion", mount: mountAccordion });
