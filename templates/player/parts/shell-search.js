// Arrives when a trainee first searches.

import { mountSearch } from "../search-panel.js";

scormBuilder.add("part", "shell-search", mountSearch);
