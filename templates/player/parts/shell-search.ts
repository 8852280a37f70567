// Arrives when a trainee first searches.

import { mountSearch } from "../shell/search-panel.ts";

scormBuilder.add("part", "shell-search", mountSearch);
