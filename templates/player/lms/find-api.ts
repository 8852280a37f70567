// Where SCORM 1.2 puts the LMS: an object named API in a parent, or in a parent of the opener.

/** The object by which an LMS can be called: what it has, and what that gives, is up to the LMS. */
export type Api = Record<string, unknown>;

/** Where an API was found. */
export interface FoundApi {
  api: Api;
  window: Window;
  /** Whether its window is around this one, rather than the opener's. */
  around: boolean;
}

const MOST_PARENTS = 500;

/** The LMS's API as seen from a window, or null. Never throws: foreign frames are passed over. */
export const findApi = (win: Window) => findLms(win)?.api ?? null;

/** The API, its window, and whether that is `around` this one rather than its opener; or null. */
export const findLms = (win: Window): FoundApi | null =>
  inParents(win, true) ??
  inParents(
    reach(() => win.opener),
    false,
  ) ??
  inParents(
    reach(() => (win.top as Window).opener),
    false,
  );

/** The address of the page that has the API, "" where there is none. */
export const addressOfLms = () =>
  reach(() => (findLms(window) as FoundApi).window.location.href) ?? "";

/** The window of the API, and those around it that can be looked into. */
export function windowsOfLms() {
  const windows: Window[] = [];
  let at = findLms(window)?.window ?? null;
  while (at && reach(() => (at as Window).location.href)) {
    windows.push(at);
    const above = reach(() => (at as Window).parent) as Window | null;
    at = above === at ? null : above;
  }
  return windows;
}

function inParents(start: Window | null, around: boolean): FoundApi | null {
  let at = start;
  for (let level = 0; at && level <= MOST_PARENTS; level += 1) {
    const here = at as Window & { API?: Api };
    const api = reach(() => here.API);
    if (api) return { api, window: here, around };
    const parent = reach(() => here.parent);
    if (parent === here) break;
    at = parent;
  }
  return null;
}

/** A window of another origin throws at the first touch. */
function reach<T>(read: () => T) {
  try {
    return read() || null;
  } catch {
    return null;
  }
}
