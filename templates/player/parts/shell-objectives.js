// Is there from the start where the course has modules.

import { createObjectives } from "../objectives.js";

scormBuilder.add("part", "shell-objectives", createObjectives);
