// Arrives with the first page that is a record.

import { mountRecord } from "../page/record.ts";
import { createStanding } from "../page/result-to-sign.ts";

scormBuilder.add("part", "page-record", {
  selector: "[data-record]",
  mount: (place, given) => mountRecord({ place, sheet: createStanding(given), ...given }),
});
