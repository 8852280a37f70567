// Where a trainee goes on at a later visit.

import { missing } from "../state/progress.js";

/** @import {Page, State} from "../types" */

/**
 * The outline entry to resume at, null where there is nothing to resume: the bookmark's page, else
 * the location's, else the first open page not visited.
 *
 * @param {Page[]} pages
 * @param {State} state
 * @param {string} location
 * @returns {Page | null}
 */
export function resumePage(pages, state, location) {
  const page =
    pages.find(({ key }) => key === state.bookmark) ??
    pages.find(({ id }) => id === location) ??
    (state.visited.size
      ? pages.find((unread) => !state.visited.has(unread.key) && !missing(unread, state).length)
      : null);
  return page && page !== pages[0] ? page : null;
}
