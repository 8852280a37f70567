// The list of pages: the page brings its beginning, the rest arrives behind it.

import type { Outline } from "../state/course.ts";

/**
 * Completes an outline. The pages that it has stay the objects that they are.
 *
 * @param rest What its chunk brought.
 */
export function completeOutline(outline: Outline, rest: Outline) {
  const { pages } = outline;
  const all = rest.pages.map((page, at) => (pages[at] ? Object.assign(pages[at], page) : page));
  pages.splice(0, pages.length, ...all);
  Object.assign(outline, rest, { pages, partial: false });
}
