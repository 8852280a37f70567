// An author's edit, for a trainee who began before it (docs/state.md).

import type { Former, Outline } from "./course.ts";
import type { Key, State } from "./state.ts";

/** What a section of the state is. */
type Keyed = Set<Key> | Map<Key, unknown>;

const COMPLETED = ["completed", "passed"];

/**
 * Carry over what was kept under the ids that pages, questions and record items had before, which
 * `former` of the outline has by key. What is kept under today's id counts for more.
 */
export function carryOver(state: State, outline: Outline) {
  renamed(state, outline, (section, key, same) => {
    const old = section.has(key) ? undefined : same.find((former) => section.has(former));
    if (old !== undefined) copy(section, old, key);
  });
  for (const [key, { same }] of Object.entries(outline.former ?? {})) {
    if (same.includes(state.bookmark)) state.bookmark = key;
  }
}

/** Keep it under the former ids as well, for an edit that is taken back. */
export function carryBack(state: State, outline: Outline) {
  renamed(state, outline, (section, key, same) => {
    if (section.has(key)) for (const old of same) copy(section, key, old);
  });
}

function renamed(
  { visited, checks, quizzes, records }: State,
  { former = {} }: Outline,
  act: (section: Keyed, key: Key, same: Key[]) => void,
) {
  for (const [key, { same }] of Object.entries(former)) {
    for (const section of [visited, checks, quizzes, records]) act(section, key, same);
    for (const { answers } of quizzes.values()) act(answers, key, same);
  }
}

function copy(section: Keyed, from: Key, to: Key) {
  if (section instanceof Set) section.add(to);
  else section.set(to, section.get(from));
}

/** Whether a section of the state has an earlier revision of something, and not what it is now. */
export const hasChanged = (key: Key, former: Former | undefined, section: Keyed) =>
  !section.has(key) && (former?.changed ?? []).some((earlier) => section.has(earlier));

/**
 * The pages that a trainee who comes back to an edited course may not have seen. These are pages
 * that have changed, and unread ones before the last page read (before the end of the course, for
 * those who have finished): they are new or were left out.
 */
export function notSeen({ pages }: Outline, state: State) {
  const read = pages.map(({ key }) => state.visited.has(key));
  const last = COMPLETED.includes(state.status) ? pages.length : read.lastIndexOf(true);
  return pages.filter(
    ({ key, former }, at) => !read[at] && (at < last || hasChanged(key, former, state.visited)),
  );
}
