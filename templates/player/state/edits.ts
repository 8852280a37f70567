// Adapts the state of a trainee who started before the course was edited (docs/state.md).

import { isRead } from "./asked.ts";
import type { Former, Outline } from "./course.ts";
import type { Key, State } from "./state.ts";

type Keyed = Set<Key> | Map<Key, unknown>;

const COMPLETED = ["completed", "passed"];

/**
 * Copies work from former keys of pages, questions and record items (`outline.former`) to the
 * current keys, where these have none.
 */
export function carryOver(state: State, outline: Outline) {
  forEachRenamed(state, outline, (section, key, same) => {
    const old = section.has(key) ? undefined : same.find((former) => section.has(former));
    if (old !== undefined) copy(section, old, key);
  });
  for (const [key, { same }] of Object.entries(outline.former ?? {})) {
    if (same.includes(state.bookmark)) state.bookmark = key;
  }
}

/** Copies it to the former keys as well, in case the edit is reverted. */
export function carryBack(state: State, outline: Outline) {
  forEachRenamed(state, outline, (section, key, same) => {
    if (section.has(key)) for (const old of same) copy(section, key, old);
  });
}

function forEachRenamed(
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

/** Whether a section has an earlier revision of something, but not the current one. */
export const hasChanged = (key: Key, former: Former | undefined, section: Keyed) =>
  !section.has(key) && (former?.changed ?? []).some((earlier) => section.has(earlier));

/**
 * The pages that a returning trainee may not have seen: changed ones, and unread ones before the
 * last page read, or all unread ones if the course was completed.
 */
export function notSeen({ pages }: Outline, state: State) {
  const read = pages.map((page) => isRead(page, state));
  const last = COMPLETED.includes(state.status) ? pages.length : read.lastIndexOf(true);
  return pages.filter(
    ({ key, former, covers }, at) =>
      !covers && !read[at] && (at < last || hasChanged(key, former, state.visited)),
  );
}
