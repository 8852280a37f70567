// Decides where a trainee resumes.

import { isRead, needsOf } from "../state/asked.ts";
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

/**
 * The address within the course at which to resume on a page: of a record that is begun, the first
 * answer whose text is lost, else the first that is unfinished.
 */
export function placeIn(page: Page, { records }: State) {
  const items = needsOf(page).record ?? [];
  const begun = items.filter((key) => records.has(key));
  const lost = begun.find((key) => !records.get(key)?.text);
  const open = items.find((key) => !records.get(key)?.text || !records.get(key)?.date);
  const key = begun.length ? (lost ?? open) : null;
  return key ? `${page.id}/record-${key}-question` : page.id;
}
