// Arrives with the first page that is a record.

import { mountRecord } from "../record.js";

scormBuilder.add("part", "page-record", {
  selector: "[data-record]",
  mount: (place, given) => mountRecord({ place, ...given }),
});
