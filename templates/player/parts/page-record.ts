// Arrives with the first page that is a record.

import { mountRecord } from "../page/record.js";
import { createStanding } from "../page/result-to-sign.js";

scormBuilder.add("part", "page-record", {
  selector: "[data-record]",
  mount: (place, given) => mountRecord({ place, sheet: createStanding(given), ...given }),
});
