// Puts the titles of another language into an outline.

import type { Outline } from "../state/course.ts";

/**
 * Pages stay the same objects. `other` is the outline in the other language, or its
 * start.
 */
export function translateOutline(outline: Outline, other: Outline) {
  if (outline.partial || !other.partial) outline.modules = other.modules;
  other.pages.forEach((page, at) => {
    if (outline.pages[at]) Object.assign(outline.pages[at], page);
  });
}
