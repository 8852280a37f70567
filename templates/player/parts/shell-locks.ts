// Is there from the start where the course has locks.

import { createLocks, linkLocks } from "../state/locks.ts";

scormBuilder.add("part", "shell-locks", { createLocks, linkLocks });
