// Reports the pages that a test-out has shown as an interaction, because reports of LMSs show
// interactions, and little else (docs/decisions/shown-by-test-is-an-interaction.md).

import { textAnswer } from "../state/text-answer.ts";
import type { AnswerLog } from "../state/behaviour.ts";
import type { Page } from "../state/course.ts";

// Maximum length of a response of the type fill-in (CMIString255).
const LIMIT = 255;

/** The ids of the pages, as many as fit, and how many more there are. */
export function pagesInResponse(pages: Pick<Page, "id">[]) {
  const ids = pages.map(({ id }) => id);
  const all = ids.join(" ");
  if (all.length <= LIMIT) return all;
  while (ids.length) {
    ids.pop();
    const some = `${ids.join(" ")} +${pages.length - ids.length}`;
    if (some.length <= LIMIT) return some;
  }
  return "";
}

/** Adds the interaction; its id is that of the test-out's page. */
export function reportShown(test: Pick<Page, "id">, pages: Page[], interactions: AnswerLog) {
  interactions.add(textAnswer(test.id, pagesInResponse(pages), "practice"), null);
}
