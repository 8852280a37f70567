// Loads with the first page that lists further reading: the dates of what is listed.

import { fillTime } from "../dom/dates.ts";

scormBuilder.add("part", "block-further-reading", {
  selector: ".further-reading time",
  mount(time, { say }) {
    fillTime(time as HTMLTimeElement, say);
    return undefined;
  },
});
