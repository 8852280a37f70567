// Loads with the first page that has a video.

import { mountCaptions } from "../page/captions.ts";

scormBuilder.add("part", "block-video", { selector: "video", mount: mountCaptions });
