// Remembers in this tab that the trainee used “Exit this page”, so that the browser's Back shows
// nothing of the course (quick-exit.ts).

const LEFT = "scorm-builder left";

/** Null if a frame may not use storage. */
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
 * Whether the browser's Back, Forward or Reload has brought back a course that was left this way.
 * If storage is denied, Back and Forward always count.
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
 * The navigation types of this window and those around it (Navigation Timing API); "" for one that
 * cannot be accessed. When an LMS launches the course again, all are "navigate".
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

/** Removes the page id from the address. */
export const hidePlace = () => history.replaceState(null, "", location.pathname + location.search);
