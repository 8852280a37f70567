// In the player's file if the course has translations: starts it in the trainee's language.

import { launchInLanguage } from "../shell/language-launch.ts";

scormBuilder.add("part", "shell-language-choice", launchInLanguage);
