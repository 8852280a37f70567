// Is there from the start where the course has locks.

import { createLocks, linkLocks } from "../state/locks.js";

scormBuilder.add("part", "shell-locks", { createLocks, linkLocks });
