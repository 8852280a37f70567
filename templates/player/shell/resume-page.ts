// Where a trainee goes on at a later visit.

import { missing } from "../state/progress.ts";
import type { Page } from "../state/course.ts";
import type { State } from "../state/state.ts";

/**
 * The outline entry to resume at, null where there is nothing to resume: the bookmark's page, else
 * the location's, else the first open page not visited.
 */
export function resumePage(pages: Page[], state: State, location: string): Page | null {
  const page =
    pages.find(({ key }) => key === state.bookmark) ??
    pages.find(({ id }) => id === location) ??
    (state.visited.size
      ? pages.find((unread) => !state.visited.has(unread.key) && !missing(unread, state).length)
      : null);
  return page && page !== pages[0] ? page : null;
}
