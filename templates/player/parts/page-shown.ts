// Loads with the first page that a test-out can replace.

import { mountShownByTest } from "../page/shown-by-test.ts";

scormBuilder.add("part", "page-shown", { selector: "h1", mount: mountShownByTest });
