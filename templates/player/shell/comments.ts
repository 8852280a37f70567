// “Comment on this course”: a comment to the course's owners, written to cmi.comments.

import { button, el } from "../dom/element.ts";
import { STATE_LIMIT } from "../lms/limits.ts";
import { copyText } from "../page/copy-save-print.ts";
import { updateErrorTitle } from "../page/error-title.ts";
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
  /** While nothing is recorded, a comment can only be copied. */
  visit: CommentedVisit;
  say: Say;
  /** YYYY-MM-DD. */
  today: string;
  /** The button to the previous view. */
  back: HTMLElement;
}

const ELEMENT = "cmi.comments";
const TYPING_PAUSE_MS = 1000;
// cmi.comments is a CMIString4096, as the state is.
const LIMIT = STATE_LIMIT;
// Text that has not been sent is kept until the course is closed.
let draft = "";

/**
 * Writes a comment to the LMS after earlier ones. Some LMSs append, others replace (SCORM 1.2
 * leaves it open). Returns false if the LMS refuses.
 */
function writeComment(session: Elements, comment: string) {
  const before = session.get(ELEMENT);
  if (!session.set(ELEMENT, comment)) return false;
  if (!before || session.get(ELEMENT).startsWith(before)) return true;
  return session.set(ELEMENT, before + comment);
}

/** How many more characters a comment may have. */
const commentRoom = (session: Elements, comment: string) =>
  LIMIT - session.get(ELEMENT).length - comment.length;

const isOpen = (visit: CommentedVisit) => visit.recorded && visit.link.session.state === "running";

/** Puts the date before a comment, because an LMS may show several comments as one text. */
const dated = (words: string, { today }: Given) => `${today}: ${words.trim()}\n`;

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
    updateErrorTitle(say);
    if (words) return field.focus();
    sending = true;
    // A live region announces the same text again only if it was cleared.
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
  // A sandboxed frame may not submit forms, so that there is no submit event.
  submit?.addEventListener("click", send);
  return [
    el("h1", {}, say("comment_title")),
    el("p", {}, say(isOpen(visit) ? "comment_read_by" : "comment_not_now")),
    ...(reminder ? [el("p", {}, reminder)] : []),
    form,
    back,
  ];
}

/** The room left for a comment. The visit may end while the form is shown. */
const roomLeft = (words: string, given: Given) =>
  isOpen(given.visit)
    ? commentRoom(given.visit.link.session, dated(words, given))
    : LIMIT - words.length;

/** Why a comment cannot be sent; "" if it can. */
function problem(words: string, given: Given) {
  const { say } = given;
  if (!words.trim()) return say("comment_write");
  return roomLeft(words, given) < 0 ? say("comment_shorten") : "";
}

/**
 * Sends a comment in a save of its own, because an LMS may mix up values that are set together.
 * Returns the text key of the outcome, and whether it was saved.
 */
async function sendComment(words: string, given: Given): Promise<[key: string, saved: boolean]> {
  const { visit } = given;
  await visit.saving.confirmed();
  if (!isOpen(visit)) return ["comment_not_now", false];
  if (!writeComment(visit.link.session, dated(words, given))) {
    return [isOpen(visit) ? "comment_refused" : "comment_not_now", false];
  }
  const saved = (await visit.saving.confirmed()) === "saved";
  return [saved ? "comment_sent" : "comment_unconfirmed", saved];
}

/** The text field with its count, which is announced when typing pauses. */
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
    }, TYPING_PAUSE_MS);
  });
  field.value = draft;
  update();
  return { field, counting: [count, spoken], update };
}
