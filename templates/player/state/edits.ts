// An author's edit, for a trainee who began before it (docs/state.md).

/** @import {Former, Key, Outline, State} from "../types" */
/** @typedef {Set<Key> | Map<Key, unknown>} Keyed What a section of the state is. */

const COMPLETED = ["completed", "passed"];

/**
 * Carry over what was kept under the ids that pages, questions and record items had before, which
 * `former` of the outline has by key. What is kept under today's id counts for more.
 *
 * @param {State} state
 * @param {Outline} outline
 */
export function carryOver(state, outline) {
  renamed(state, outline, (section, key, same) => {
    const old = section.has(key) ? undefined : same.find((former) => section.has(former));
    if (old !== undefined) copy(section, old, key);
  });
  for (const [key, { same }] of Object.entries(outline.former ?? {})) {
    if (same.includes(state.bookmark)) state.bookmark = key;
  }
}

/**
 * Keep it under the former ids as well, for an edit that is taken back.
 *
 * @param {State} state
 * @param {Outline} outline
 */
export function carryBack(state, outline) {
  renamed(state, outline, (section, key, same) => {
    if (section.has(key)) for (const old of same) copy(section, key, old);
  });
}

/**
 * @param {State} state
 * @param {Outline} outline
 * @param {(section: Keyed, key: Key, same: Key[]) => void} act
 */
function renamed({ visited, checks, quizzes, records }, { former = {} }, act) {
  for (const [key, { same }] of Object.entries(former)) {
    for (const section of [visited, checks, quizzes, records]) act(section, key, same);
    for (const { answers } of quizzes.values()) act(answers, key, same);
  }
}

/**
 * @param {Keyed} section
 * @param {Key} from
 * @param {Key} to
 */
function copy(section, from, to) {
  if (section instanceof Set) section.add(to);
  else section.set(to, section.get(from));
}

/**
 * Whether a section of the state has an earlier revision of something, and not what it is now.
 *
 * @param {Key} key
 * @param {Former | undefined} former
 * @param {Keyed} section
 */
export const hasChanged = (key, former, section) =>
  !section.has(key) && (former?.changed ?? []).some((earlier) => section.has(earlier));

/**
 * The pages that a trainee who comes back to an edited course may not have seen. These are pages
 * that have changed, and unread ones before the last page read (before the end of the course, for
 * those who have finished): they are new or were left out.
 *
 * @param {Outline} outline
 * @param {State} state
 */
export function notSeen({ pages }, state) {
  const read = pages.map(({ key }) => state.visited.has(key));
  const last = COMPLETED.includes(state.status) ? pages.length : read.lastIndexOf(true);
  return pages.filter(
    ({ key, former }, at) => !read[at] && (at < last || hasChanged(key, former, state.visited)),
  );
}
