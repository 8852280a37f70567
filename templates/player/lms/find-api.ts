// Where SCORM 1.2 puts the LMS: an object named API in a parent, or in a parent of the opener.

/** @import {Api, FoundApi} from "../types" */

const MOST_PARENTS = 500;

/**
 * The LMS's API as seen from a window, or null. Never throws: foreign frames are passed over.
 *
 * @param {Window} win
 */
export const findApi = (win) => findLms(win)?.api ?? null;

/**
 * The API, its window, and whether that is `around` this one rather than its opener; or null.
 *
 * @param {Window} win
 * @returns {FoundApi | null}
 */
export const findLms = (win) =>
  inParents(win, true) ??
  inParents(
    reach(() => win.opener),
    false,
  ) ??
  inParents(
    reach(() => /** @type {Window} */ (win.top).opener),
    false,
  );

/** The address of the page that has the API, "" where there is none. */
export const addressOfLms = () =>
  reach(() => /** @type {FoundApi} */ (findLms(window)).window.location.href) ?? "";

/** The window of the API, and those around it that can be looked into. */
export function windowsOfLms() {
  /** @type {Window[]} */
  const windows = [];
  let at = findLms(window)?.window ?? null;
  while (at && reach(() => /** @type {Window} */ (at).location.href)) {
    windows.push(at);
    const above = /** @type {Window | null} */ (reach(() => /** @type {Window} */ (at).parent));
    at = above === at ? null : above;
  }
  return windows;
}

/**
 * @param {Window | null} start
 * @param {boolean} around
 * @returns {FoundApi | null}
 */
function inParents(start, around) {
  let at = start;
  for (let level = 0; at && level <= MOST_PARENTS; level += 1) {
    const here = /** @type {Window & {API?: Api}} */ (at);
    const api = reach(() => here.API);
    if (api) return { api, window: here, around };
    const parent = reach(() => here.parent);
    if (parent === here) break;
    at = parent;
  }
  return null;
}

/**
 * A window of another origin throws at the first touch.
 *
 * @template T
 * @param {() => T} read
 */
function reach(read) {
  try {
    return read() || null;
  } catch {
    return null;
  }
}
