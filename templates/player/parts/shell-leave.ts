// In index.html if the course has “Exit this page”; works without the rest of the player.

import { createQuickExit } from "../shell/quick-exit.ts";

scormBuilder.add("part", "shell-leave", createQuickExit);
