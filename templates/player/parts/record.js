// Arrives with the first page that is a record.

import { mountRecord } from "../record.js";

scormBuilder.add("part", "record", mountRecord);
