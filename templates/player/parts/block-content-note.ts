// Loads with the first page that has a content note.

import { mountNote } from "../page/content-note.ts";

scormBuilder.add("part", "block-content-note", { selector: ".content-note", mount: mountNote });
