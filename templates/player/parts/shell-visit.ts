// Arrives behind the first page, with what it shows and says.

import { mountSurroundings } from "../app/surroundings.js";
import { createEvidence } from "../lms/evidence.js";
import { windowsOfLms } from "../lms/find-api.js";
import { askOwnOrigin, createLine } from "../lms/reachability.js";

const { seen } = createEvidence(windowsOfLms, setTimeout);
scormBuilder.add("part", "shell-line", createLine({ ask: askOwnOrigin, seen }));
scormBuilder.add("part", "shell-visit", mountSurroundings);
