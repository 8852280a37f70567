// A field for free text, never marked. A response is the text, or PRIVATE where not a
// word is to be kept.

import { STRING_LIMIT } from "../lms/limits.ts";
import { reportText } from "../lms/report-text.ts";
import { PRIVATE } from "../state/private-words.ts";
import { createRoom } from "../page/room-left.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { Key } from "../state/state.ts";

type Reflection = Question<{ kept: boolean; limit: number }>;

// Texts that are too long to be saved, by question: kept for the visit, so that they can be
// shortened when the trainee comes back to the page.
const drafts = new Map<Key, string>();

const fieldOf = (form: HTMLFormElement) =>
  form.querySelector(".answer textarea") as HTMLTextAreaElement;

// Each form's count below its field.
const rooms = new WeakMap<HTMLFormElement, ReturnType<typeof createRoom>>();

function show(form: HTMLFormElement, text: string) {
  fieldOf(form).value = text;
  rooms.get(form)?.show();
}

/**
 * A text as SCORM 1.2 takes it: one line without braces (facts/scorm-1.2.md#interactions), of 255
 * characters at most; the last is “…” where there was more.
 */
export function reportable(text: string) {
  const line = reportText(
    text
      .replace(/[\p{Cc}\s]+/gu, " ")
      .trim()
      .replace(/[{}]/g, (brace) => (brace === "{" ? "(" : ")")),
  );
  if (line.length <= STRING_LIMIT) return line;
  // Not through the middle of a character.
  return `${line.slice(0, STRING_LIMIT - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A type of question, as choice.ts describes it. */
export const reflection: Behaviour<Reflection> = {
  mount(form, question, given) {
    const { kept, limit } = question.answer;
    const field = fieldOf(form);
    const count = form.querySelector(".count") as HTMLElement;
    const room = createRoom({ field, count, limit, say: given.say, paused: () => keep(true) });
    rooms.set(form, room);
    show(form, drafts.get(question.key) ?? "");

    const keep = (soon: boolean) => {
      if (!kept) return;
      if (room.left() < 0) {
        drafts.set(question.key, field.value);
        return;
      }
      drafts.delete(question.key);
      given.keep(reflection.read(form, question, given.say), soon);
    };
    field.addEventListener("input", () => keep(false));
    field.addEventListener("change", () => keep(true));
  },
  read(form, { answer: { kept } }) {
    const text = fieldOf(form).value.trim();
    return text && !kept ? PRIVATE : text;
  },
  restore(form, response, question) {
    if (question.answer.kept) show(form, drafts.get(question.key) ?? response);
  },
  clear(form, question) {
    drafts.delete(question.key);
    show(form, "");
  },
  first: fieldOf,
  problem(form, question, say) {
    const room = rooms.get(form);
    const words =
      room && room.left() < 0
        ? say("shorten")
        : fieldOf(form).value.trim()
          ? ""
          : say("write_answer");
    // The feedback or the problem is spoken now, and not the count.
    room?.quiet();
    return words ? { controls: [fieldOf(form)], words } : null;
  },
  credit: () => 0,
  reported: (question, response) => [{ part: "", response: reportable(response) }],
  describe: ({ answer: { kept } }, response, say) =>
    response === "" || kept ? response : say("not_kept"),
  feedback: () => [],
};
