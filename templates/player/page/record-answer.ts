// The answer of a record item: a text field with a count of the room left.

import { createRoom } from "./room-left.js";

/** @import {RecordItem, Say} from "../types" */
/** @typedef {ReturnType<typeof import("./record-entries.js").createEntries>} Entries */

/** The name of its field. @param {RecordItem} item */
export const answerField = ({ key }) => `${key}-answer`;

/**
 * Makes the field work: each letter is kept, and saved when the trainee pauses or leaves it.
 *
 * @param {RecordItem} item
 * @param {Entries} entries
 * @param {Say} say
 */
export function mountAnswer(item, entries, say) {
  const { key, limit } = item;
  const name = answerField(item);
  const field = /** @type {HTMLTextAreaElement} */ (document.getElementById(`record-${name}`));
  const count = /** @type {HTMLElement} */ (document.getElementById(`record-${key}-count`));
  field.value = entries.draft(name)?.[0] ?? entries.kept(key).text;
  const room = createRoom({ field, count, limit, say, paused: entries.hurry });

  field.addEventListener("input", () => {
    const fits = room.left() >= 0;
    entries.keepDraft(name, fits ? null : [field.value]);
    if (fits) entries.keep(key, { text: field.value });
  });
  field.addEventListener("change", () => {
    room.show();
    entries.hurry();
  });
}
