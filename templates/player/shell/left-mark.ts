// The mark of this tab that the course was left in a hurry (quick-exit.ts): the way back shows
// nothing of it.

const LEFT = "scorm-builder left";

/** Storage may be closed to a frame: then this gives null. */
function reach<T>(act: (storage: Storage) => T) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

export const rememberLeft = () => reach((storage) => storage.setItem(LEFT, "yes"));
export const forgetLeft = () => reach((storage) => storage.removeItem(LEFT));

/**
 * Whether the browser's history, or a reload, has brought back a course that was left so. Where
 * nothing can be remembered, whoever comes by the history may have left so.
 */
export function cameBack() {
  const mark = reach((storage) => storage.getItem(LEFT) ?? "");
  if (mark === "") return false;
  const ways = waysHere();
  if (mark === null) return ways.includes("back_forward");
  if (ways.some((way) => way !== "navigate")) return true;
  forgetLeft();
  return false;
}

/**
 * How this window and those round it were come to, by the names of the Navigation Timing API; ""
 * of one that cannot be asked. An LMS that opens the course once more navigates to all.
 */
function waysHere() {
  const ways = [];
  try {
    for (let at = window as Window; ; at = at.parent) {
      const [entry] = at.performance.getEntriesByType("navigation");
      ways.push((entry as PerformanceNavigationTiming).type);
      if (at === at.parent) return ways;
    }
  } catch {
    return [...ways, ""];
  }
}

/** Takes the place in the course out of the address. */
export const hidePlace = () => history.replaceState(null, "", location.pathname + location.search);
