// The mark of this tab that the course was left in a hurry (quick-exit.js): the way back shows
// nothing of it.

const LEFT = "scorm-builder left";

/**
 * Storage may be closed to a frame: then this gives null.
 *
 * @template T
 * @param {(storage: Storage) => T} act
 */
function reach(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

export const rememberLeft = () => reach((storage) => storage.setItem(LEFT, "yes"));
export const forgetLeft = () => reach((storage) => storage.removeItem(LEFT));

/** Whether the browser's history, or a reload, has brought back a course that was left so. */
export function cameBack() {
  if (!reach((storage) => storage.getItem(LEFT))) return false;
  if (!openedAnew()) return true;
  forgetLeft();
  return false;
}

/** Whether an LMS has opened it once more. A window that cannot be asked counts as brought back. */
function openedAnew() {
  try {
    for (let at = /** @type {Window} */ (window); ; at = at.parent) {
      const [entry] = at.performance.getEntriesByType("navigation");
      if (/** @type {PerformanceNavigationTiming} */ (entry).type !== "navigate") return false;
      if (at === at.parent) return true;
    }
  } catch {
    return false;
  }
}

/** Takes the place in the course out of the address. */
export const hidePlace = () => history.replaceState(null, "", location.pathname + location.search);
