// Stores the trainee's place on a page across a reload.

import {
  byWords,
  keepPlace as keep,
  restorePlace as restoreIn,
  type Place,
} from "../../player/page/place.ts";

export type PlayerWindow = Window & {
  scormBuilder: {
    add(kind: string, id: string, data: unknown): void;
    again?(): Promise<void>;
  };
};

const KEY = "scorm-builder-preview-place";
/** How often, and at which interval in ms, to check for the page after a reload. */
const MAX_CHECKS = 60;
const CHECK_MS = 50;

export const keepPlace = (course: Window) => keep(course, byWords);

export const restore = (course: Window, place: Place) => restoreIn(course, place, byWords);

/** Stores a place across a reload of this page. */
export function storePlace(place: Place) {
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** Restores the stored place, once the course shows its page. */
export async function restorePlace(course: Window) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  const place: Place = JSON.parse(kept);
  for (let step = 0; step < MAX_CHECKS; step += 1) {
    const there = keepPlace(course).page === place.page;
    const able = (course as PlayerWindow).scormBuilder?.again;
    if (there && able) return restore(course, place);
    await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
  }
}
