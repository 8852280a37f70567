// Loads after the first view if the course has translations, and with each of their files.

import { launchLanguage, mountLanguages } from "../shell/languages.ts";

scormBuilder.add("part", "shell-languages", { launchLanguage, mountLanguages });
