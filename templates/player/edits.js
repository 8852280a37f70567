// What an author's edit means for a trainee who began before it (docs/state.md).

const COMPLETED = ["completed", "passed"];

/**
 * Carry over what was kept under the ids that pages, questions and record items had before: `former`
 * of the outline, by key. What is kept under the own id counts for more; the old one stays as long
 * as there is room, for an edit that is taken back.
 */
export function carryOver(state, { former = {} }) {
  const { visited, checks, quizzes, records } = state;
  for (const [key, { same }] of Object.entries(former)) {
    for (const section of [visited, checks, quizzes, records]) carry(section, key, same);
    for (const { answers } of quizzes.values()) carry(answers, key, same);
    if (same.includes(state.bookmark)) state.bookmark = key;
  }
}

function carry(section, key, same) {
  const old = section.has(key) ? undefined : same.find((one) => section.has(one));
  if (old === undefined) return;
  if (section instanceof Set) section.add(key);
  else section.set(key, section.get(old));
}

/** Whether a section of the state has an earlier revision of something, and not what it is now. */
export const hasChanged = (key, former, section) =>
  Boolean(former) && !section.has(key) && former.changed.some((one) => section.has(one));

/**
 * What a trainee who comes back to an edited course may not have seen: pages that have changed, and
 * those before the last one that they have read (before the end, for those who have finished) that
 * they have not read, because they are new or were left out.
 */
export function notSeen({ pages }, state) {
  const read = pages.map(({ key }) => state.visited.has(key));
  const last = COMPLETED.includes(state.status) ? pages.length : read.lastIndexOf(true);
  return pages.filter(({ key, former }, at) => !read[at] && (at < last || hasChanged(key, former, state.visited)));
}
