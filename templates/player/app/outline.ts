// Completes the outline: the page contains its start, and the rest is in a chunk.

import type { Outline } from "../state/course.ts";

/**
 * Adds the rest to an outline. Its pages stay the same objects, and `rest` stays as it is.
 *
 * @param rest The data of the chunk.
 */
export function completeOutline(outline: Outline, rest: Outline) {
  const { pages } = outline;
  const all = rest.pages.map((page, at) => Object.assign(pages[at] ?? {}, page));
  pages.splice(0, pages.length, ...all);
  Object.assign(outline, rest, { pages, partial: false });
}
