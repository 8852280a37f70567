// The answer of a record item: a text field with a count of the room left.

import { createRoom } from "./room-left.ts";
import type { Say } from "../dom/words.ts";
import type { RecordItem } from "../state/page-data.ts";
import type { createEntries } from "./record-entries.ts";

type Entries = ReturnType<typeof createEntries>;

/** Name of the item's field. */
export const answerField = ({ key }: RecordItem) => `${key}-answer`;

/** The text in the item's field, also if it is too long to be saved. */
export const answerTyped = (item: RecordItem, entries: Entries) =>
  entries.draft(answerField(item))?.[0] ?? entries.kept(item.key).text;

/**
 * Starts the field. Each letter is stored; it is saved when the trainee pauses or leaves the field.
 */
export function mountAnswer(item: RecordItem, entries: Entries, say: Say) {
  const { key, limit } = item;
  const name = answerField(item);
  const field = document.getElementById(`record-${name}`) as HTMLTextAreaElement;
  const count = document.getElementById(`record-${key}-count`) as HTMLElement;
  field.value = answerTyped(item, entries);
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
