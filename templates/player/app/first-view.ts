// Connects the cover to the visit.

import { createCover, type CoverGiven } from "../shell/cover.ts";
import { byId } from "./by-id.ts";
import type { Page } from "../state/course.ts";
import type { Arrival } from "./arrival.ts";
import type { VisitParts } from "./visit.ts";

/**
 * The cover, if the course has one. It leads to the page to resume, or to the first page.
 *
 * @param now The page on view.
 * @param arrival The interface around the pages, which replaces the button for a returning trainee.
 */
export function coverOf(
  { course, work: { store, resuming }, view: { say } }: VisitParts,
  go: CoverGiven["go"],
  now: { last: Page | null },
  arrival: Pick<Arrival, "awaited">,
) {
  const { pages } = course.outline;
  return createCover({
    main: byId("main"),
    say,
    target() {
      const { bookmark, visited } = store.state;
      const last = visited.size ? pages.find(({ key }) => key === bookmark) : null;
      const page = resuming.page ?? last ?? null;
      const begun = Boolean(page);
      // The offer to resume, or the result, takes the place of the button.
      const awaited = resuming.open || (begun && arrival.awaited);
      return { page: page ?? pages[0], begun, awaited };
    },
    shown() {
      now.last = null;
      // The LMS gets the bookmark of the first page, as if that were on view.
      store.change((state) => {
        if (!resuming.page && !resuming.open) state.bookmark ||= pages[0].key;
      });
    },
    go,
  });
}
