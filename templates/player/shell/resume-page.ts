// Decides where a trainee resumes.

import { isRead } from "../state/asked.ts";
import { missing } from "../state/progress.ts";
import type { Page } from "../state/course.ts";
import type { State } from "../state/state.ts";

/**
 * The page to resume at: that of the bookmark, else of the LMS's location, else the first open page
 * not visited. Null if that is the first page of the course.
 */
export function resumePage(pages: Page[], state: State, location: string): Page | null {
  const page =
    pages.find(({ key }) => key === state.bookmark) ??
    pages.find(({ id }) => id === location) ??
    (state.visited.size
      ? pages.find((unread) => !isRead(unread, state) && !missing(unread, state).length)
      : null);
  return page && page !== pages[0] ? page : null;
}
