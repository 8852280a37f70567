// A trainee's entries in a record, and drafts of those that cannot be saved as they stand.

/** @import {Key, RecordEntry, Store} from "../types" */

// The words of a field's controls, by the field's name: kept for the visit, so that they are there
// to be put right when the trainee comes back to the page.
/** @type {Map<string, string[]>} */
const drafts = new Map();

/**
 * The entries of a record page; `changed()` is called after each change.
 *
 * @param {Store} store
 * @param {() => void} changed
 */
export function createEntries(store, changed) {
  /** @param {Key} key */
  const kept = (key) => store.state.records.get(key) ?? { date: "", text: "" };
  return {
    kept,
    /**
     * Put into the state, to be saved with the next save.
     *
     * @param {Key} key
     * @param {Partial<RecordEntry>} change
     */
    keep(key, change) {
      const before = kept(key);
      const after = { ...before, ...change };
      if (before.date === after.date && before.text === after.text) return;
      store.change(({ records }) => records.set(key, after), false);
      changed();
    },
    /** @param {string} field */
    draft: (field) => drafts.get(field),
    /**
     * Keep the words of a field as a draft; with null it has none any more.
     *
     * @param {string} field
     * @param {string[] | null} words
     */
    keepDraft(field, words) {
      if (words) drafts.set(field, words);
      else drafts.delete(field);
      changed();
    },
    /** Save what was kept. */
    hurry: () => store.hurry(),
  };
}
