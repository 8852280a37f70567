// Loads after the first view: the interface around the pages.

import { mountSurroundings } from "../app/surroundings.ts";
import { listAnswers } from "../lms/answers.ts";
import { createEvidence } from "../lms/evidence.ts";
import { windowsOfLms } from "../lms/find-api.ts";
import { askOwnOrigin, createLine } from "../lms/reachability.ts";

const evidence = createEvidence(windowsOfLms, setTimeout);
scormBuilder.add("part", "answers", listAnswers);
scormBuilder.add("part", "shell-line", createLine({ ask: askOwnOrigin, ...evidence }));
scormBuilder.add("part", "shell-visit", mountSurroundings);
