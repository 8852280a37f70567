// Reflection: free text, which is never marked. A response is the text, or PRIVATE if the course
// keeps none.

import { STRING_LIMIT } from "../lms/limits.ts";
import { reportText } from "../lms/report-text.ts";
import { PRIVATE } from "../state/private-words.ts";
import { createRoom } from "../page/room-left.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { Key } from "../state/state.ts";

type Reflection = Question<{ kept: boolean; limit: number }>;

// Texts that are too long to be saved, by question; kept until the course is closed, so that they
// can be shortened later.
const drafts = new Map<Key, string>();

const fieldOf = (form: HTMLFormElement) =>
  form.querySelector(".answer textarea") as HTMLTextAreaElement;

// The count below the field of each form.
const rooms = new WeakMap<HTMLFormElement, ReturnType<typeof createRoom>>();

function show(form: HTMLFormElement, text: string) {
  fieldOf(form).value = text;
  rooms.get(form)?.show();
}

/**
 * The text for the LMS: one line without braces (facts/scorm-1.2.md#interactions), at most 255
 * characters; a longer text ends in “…”.
 */
export function reportable(text: string) {
  const line = reportText(
    text
      .replace(/[\p{Cc}\s]+/gu, " ")
      .trim()
      .replace(/[{}]/g, (brace) => (brace === "{" ? "(" : ")")),
  );
  if (line.length <= STRING_LIMIT) return line;
  // Do not leave half a surrogate pair.
  return `${line.slice(0, STRING_LIMIT - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

export const reflection: Behaviour<Reflection> = {
  mount(form, question, given) {
    const { kept, limit } = question.answer;
    const field = fieldOf(form);
    const count = form.querySelector(".count") as HTMLElement;
    const room = createRoom({ field, count, limit, say: given.say, paused: () => keep(true) });
    rooms.set(form, room);
    show(form, drafts.get(question.key) ?? "");
    if (kept && given.review)
      form.querySelector(".answer > .hint")?.replaceChildren(given.say("text_unsaved"));

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
    // Announce the feedback or the problem, and not the count.
    room?.quiet();
    return words ? { controls: [fieldOf(form)], words } : null;
  },
  credit: () => 0,
  reported: (question, response) => [{ part: "", response: reportable(response) }],
  describe: ({ answer: { kept } }, response, say) =>
    response === "" || kept ? response : say("not_kept"),
  feedback: () => [],
};
