// Loads with the first record.

import { mountRecord } from "../page/record.ts";
import { createSignedLines } from "../page/result-to-sign.ts";

scormBuilder.add("part", "page-record", {
  selector: "[data-record]",
  mount: (place, given) => mountRecord({ place, sheet: createSignedLines(given), ...given }),
});
