// The view before the first page: where it leads, and what the LMS hears of it.

import { createCover } from "../shell/cover.js";
import { byId } from "./by-id.js";

/** @import {CoverGiven, Page, VisitParts} from "../types" */

/**
 * The cover, if the course has one: it leads to where the trainee was, or to the first page.
 *
 * @param {VisitParts} parts
 * @param {CoverGiven["go"]} go
 * @param {{last: Page | null}} now The page on view.
 */
export function coverOf({ course, work: { store, resuming }, view: { say } }, go, now) {
  const { pages } = course.outline;
  return createCover({
    main: byId("main"),
    say,
    target() {
      const { bookmark, visited } = store.state;
      const last = visited.size ? pages.find(({ key }) => key === bookmark) : null;
      const page = resuming.page ?? last ?? null;
      return { page: page ?? pages[0], begun: Boolean(page), awaited: resuming.open };
    },
    shown() {
      now.last = null;
      // As on a first page: the LMS hears of the visit.
      store.change((state) => {
        if (!resuming.page && !resuming.open) state.bookmark ||= pages[0].key;
      });
    },
    go,
  });
}
