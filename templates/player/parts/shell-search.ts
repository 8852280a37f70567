// Loads when the search is first opened.

import { mountSearch } from "../shell/search-panel.ts";

scormBuilder.add("part", "shell-search", mountSearch);
