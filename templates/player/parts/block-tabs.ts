// Loads with the first page that has tabs.

import { mountTabs } from "../page/tabs.ts";

scormBuilder.add("part", "block-tabs", { selector: ".tabs", mount: mountTabs });
