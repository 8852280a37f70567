// Arrives when a trainee first searches.

import { mountSearch } from "../shell/search-panel.js";

scormBuilder.add("part", "shell-search", mountSearch);
