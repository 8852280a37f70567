// Loads with the first page that has a table.

import { mountTable } from "../page/table.ts";

scormBuilder.add("part", "block-table", { selector: ".table-scroll", mount: mountTable });
