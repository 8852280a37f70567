// Loads with the rest of the outline if the course has locks.

import { createLocks, linkLocks } from "../state/locks.ts";

scormBuilder.add("part", "shell-locks", { createLocks, linkLocks });
