// Is there from the start where the course has “Exit this page”, and works without the rest.

import { createQuickExit } from "../shell/quick-exit.ts";

scormBuilder.add("part", "shell-leave", createQuickExit);
