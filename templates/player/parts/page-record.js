// Arrives with the first page that is a record.

import { mountRecord } from "../record.js";
import { createStanding } from "../standing.js";

scormBuilder.add("part", "page-record", {
  selector: "[data-record]",
  mount: (place, given) => mountRecord({ place, sheet: createStanding(given), ...given }),
});
