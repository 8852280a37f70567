// Where SCORM 1.2 puts the LMS: an object named API in a parent, or in a parent of the opener.

const MOST_PARENTS = 500;

/** The LMS's API as seen from a window, or null. Never throws: foreign frames are passed over. */
export function findApi(win) {
  return (
    inParents(win) ??
    inParents(reach(() => win.opener)) ??
    inParents(reach(() => win.top.opener)) ??
    null
  );
}

function inParents(start) {
  let at = start;
  for (let level = 0; at && level <= MOST_PARENTS; level += 1) {
    const here = at;
    const api = reach(() => here.API);
    if (api) return api;
    const parent = reach(() => here.parent);
    if (parent === here) break;
    at = parent;
  }
  return null;
}

// A window of another origin throws at the first touch.
function reach(read) {
  try {
    return read() || null;
  } catch {
    return null;
  }
}
