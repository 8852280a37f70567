// A trainee's entries in a record, and drafts of those that cannot be saved as they stand.

import type { Key, RecordEntry } from "../state/state.ts";
import type { Store } from "../state/store.ts";

// The words of a field's controls, by the field's name: kept for the visit, so that they are there
// to be put right when the trainee comes back to the page.
const drafts = new Map<string, string[]>();

/** The entries of a record page; `changed()` is called after each change. */
export function createEntries(store: Store, changed: () => void) {
  const kept = (key: Key) => store.state.records.get(key) ?? { date: "", text: "" };
  return {
    kept,
    /** Put into the state, to be saved with the next save. */
    keep(key: Key, change: Partial<RecordEntry>) {
      const before = kept(key);
      const after = { ...before, ...change };
      if (before.date === after.date && before.text === after.text) return;
      store.change(({ records }) => records.set(key, after), false);
      changed();
    },
    draft: (field: string) => drafts.get(field),
    /** Keep the words of a field as a draft; with null it has none any more. */
    keepDraft(field: string, words: string[] | null) {
      if (words) drafts.set(field, words);
      else drafts.delete(field);
      changed();
    },
    /** Save what was kept. */
    hurry: () => store.hurry(),
  };
}
