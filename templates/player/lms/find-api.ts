// Finds the SCORM 1.2 API: an object named API in a parent window, or in a parent of the opener.

/** The API object. What it contains and returns is up to the LMS. */
export type Api = Record<string, unknown>;

export interface FoundApi {
  api: Api;
  window: Window;
  /** Whether that window contains this one; false if it was reached through an opener. */
  around: boolean;
}

const MOST_PARENTS = 500;

/**
 * The LMS's API as seen from a window; null if there is none. Never throws: windows of other
 * origins are skipped.
 */
export const findApi = (win: Window) => findLms(win)?.api ?? null;

/** The API with its window; null if there is none. */
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

/** The address of the page that has the API; "" if there is none. */
export const addressOfLms = () =>
  reach(() => (findLms(window) as FoundApi).window.location.href) ?? "";

/**
 * The API's window and its accessible ancestors. An LMS may put its API onto a window that it
 * opens: the requests are then made by the opener, whose window and ancestors follow.
 */
export function windowsOfLms() {
  const found = findLms(window);
  if (!found) return [];
  const opener = reach(() => found.window.opener) as Window | null;
  const lent = opener && belongsTo(found.api, opener);
  return [...withAncestors(found.window), ...(lent ? withAncestors(opener) : [])];
}

/** Whether the API's functions were made in this window. */
const belongsTo = ({ LMSCommit }: Api, win: Window) =>
  reach(() => LMSCommit instanceof (win as Window & typeof globalThis).Function);

function withAncestors(start: Window) {
  const windows: Window[] = [];
  let at: Window | null = start;
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

/** Reads from a window. Returns null if it is of another origin, where every access throws. */
function reach<T>(read: () => T) {
  try {
    return read() || null;
  } catch {
    return null;
  }
}
