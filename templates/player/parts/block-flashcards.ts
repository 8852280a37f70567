// Loads with the first page that has flashcards.

import { mountFlashcards } from "../page/flashcards.ts";

scormBuilder.add("part", "block-flashcards", { selector: ".flashcards", mount: mountFlashcards });
