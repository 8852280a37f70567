// “Comment on this course”: a trainee's words to those who run it, as cmi.comments.

import { button, el } from "../dom/element.ts";
import { STATE_LIMIT } from "../lms/limits.ts";
import { copyText } from "../page/copy-save-print.ts";
import type { Say } from "../dom/words.ts";
import type { Outcome } from "../lms/outcomes.ts";

type Elements = { get(name: string): string; set(name: string, value: string): boolean };
type Session = Elements & { state: string };
/** See visit.ts. */
interface CommentedVisit {
  link: { session: Session };
  recorded: boolean;
  saving: { confirmed(): Promise<Outcome> };
}
interface Given {
  /** A comment can only be copied while nothing is recorded. */
  visit: CommentedVisit;
  say: Say;
  /** As YYYY-MM-DD. */
  today: string;
  /** The button back. */
  back: HTMLElement;
}

const ELEMENT = "cmi.comments";
const TYPING_PAUSE = 1000;
// As long as a state: both are a CMIString4096.
const LIMIT = STATE_LIMIT;
// A comment that is not sent is kept for the visit, and nowhere else.
let draft = "";

/**
 * Tells the LMS of a comment, after what it has of earlier ones: some put it behind those, in
 * others it replaces them (SCORM 1.2 leaves it open). False where the LMS takes none.
 */
export function tellComment(session: Elements, comment: string) {
  const before = session.get(ELEMENT);
  if (!session.set(ELEMENT, comment)) return false;
  if (!before || session.get(ELEMENT).startsWith(before)) return true;
  return session.set(ELEMENT, before + comment);
}

/** How many characters a comment may still have. */
export const commentRoom = (session: Elements, comment: string) =>
  LIMIT - session.get(ELEMENT).length - comment.length;

const isOpen = (visit: CommentedVisit) => visit.recorded && visit.link.session.state === "running";

/** Its day stands before it, since an LMS may show several comments as one text. */
const worded = (words: string, { today }: Given) => `${today}: ${words.trim()}\n`;

/** The nodes of the view. */
export function commentForm(given: Given) {
  const { visit, say, back } = given;
  const { field, counting, update } = createField(given);
  const error = el("p", { class: "error-message", id: "comment-error" });
  const status = el("p", { role: "status" });
  const copy = button(say("comment_copy"), () => copyText(field.value, status, say), {
    class: "plain",
  });
  let sending = false;

  async function send(event: Event) {
    event.preventDefault();
    if (sending) return;
    const words = problem(field.value, given);
    error.textContent = words;
    field.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) return field.focus();
    sending = true;
    // The same words are spoken again only where they come anew.
    status.textContent = "";
    const [key, saved] = await sendComment(field.value, given);
    sending = false;
    status.textContent = say(key);
    if (!saved) return;
    field.value = draft = "";
    update();
  }

  const reminder = say("reminder");
  const submit = isOpen(visit) ? el("button", { type: "submit" }, say("comment_send")) : null;
  const form = el(
    "form",
    { class: "comment", novalidate: true },
    el("label", { for: "comment" }, say("comment_label")),
    error,
    field,
    ...counting,
    el("div", { class: "actions" }, submit, copy),
    status,
  );
  form.addEventListener("submit", send);
  // A frame that may not submit forms has no submit event.
  submit?.addEventListener("click", send);
  return [
    el("h1", {}, say("comment_title")),
    el("p", {}, say(isOpen(visit) ? "comment_read_by" : "comment_not_now")),
    ...(reminder ? [el("p", {}, reminder)] : []),
    form,
    back,
  ];
}

/** The room that a comment leaves; the visit may end while the form is on view. */
const roomLeft = (words: string, given: Given) =>
  isOpen(given.visit)
    ? commentRoom(given.visit.link.session, worded(words, given))
    : LIMIT - words.length;

/** Why a comment cannot be sent, else "". */
function problem(words: string, given: Given) {
  const { say } = given;
  if (!words.trim()) return say("comment_write");
  return roomLeft(words, given) < 0 ? say("comment_shorten") : "";
}

/**
 * Sends a comment apart from what else is to be saved: an LMS may mix up values that come together.
 * Gives the key of the words for it, and whether it is saved.
 */
async function sendComment(words: string, given: Given): Promise<[key: string, saved: boolean]> {
  const { visit } = given;
  await visit.saving.confirmed();
  if (!isOpen(visit)) return ["comment_not_now", false];
  if (!tellComment(visit.link.session, worded(words, given))) {
    return [isOpen(visit) ? "comment_refused" : "comment_not_now", false];
  }
  const saved = (await visit.saving.confirmed()) === "saved";
  return [saved ? "comment_sent" : "comment_unconfirmed", saved];
}

/** The field with its count, which is spoken when typing pauses. */
function createField(given: Given) {
  const { say } = given;
  const field = el("textarea", {
    id: "comment",
    rows: "6",
    dir: "auto",
    autocomplete: "off",
    "aria-describedby": "comment-count comment-error",
  });
  const count = el("p", { class: "count", id: "comment-count", "aria-hidden": "true" });
  const spoken = el("p", { class: "unseen", role: "status" });
  let pause: ReturnType<typeof setTimeout> | undefined;

  function update() {
    const room = roomLeft(field.value, given);
    const words = room < 0 ? say("comment_long", { n: -room }) : say("comment_left", { n: room });
    if (count.textContent !== words) count.textContent = words;
    count.classList.toggle("error-message", room < 0);
  }

  field.addEventListener("input", () => {
    draft = field.value;
    update();
    clearTimeout(pause);
    pause = setTimeout(() => {
      spoken.textContent = count.textContent;
    }, TYPING_PAUSE);
  });
  field.value = draft;
  update();
  return { field, counting: [count, spoken], update };
}
