// “Comment on this course”: a trainee's words to those who run it, as cmi.comments.

import { button, el } from "../dom/element.js";
import { STATE_LIMIT } from "../lms/limits.js";
import { copyText } from "../page/record-sheet.js";

const ELEMENT = "cmi.comments";
const TYPING_PAUSE = 1000;
// As long as a state: both are a CMIString4096.
const LIMIT = STATE_LIMIT;
// What is typed and not sent is kept for the visit, and nowhere else.
let draft = "";

/**
 * Tells the LMS of a comment, after what it has of earlier ones: some put it behind those, in
 * others it replaces them (SCORM 1.2 leaves it open). False where the LMS takes none.
 */
export function tellComment(session, comment) {
  const before = session.get(ELEMENT);
  if (!session.set(ELEMENT, comment)) return false;
  if (!before || session.get(ELEMENT).startsWith(before)) return true;
  return session.set(ELEMENT, before + comment);
}

/** How many characters a comment may still have. */
export const commentRoom = (session, comment) =>
  LIMIT - session.get(ELEMENT).length - comment.length;

/**
 * The nodes of the view. `link` is that of lms-link.js: without something that saves, a comment can only
 * be copied. `back` is a button; `today` is the day as YYYY-MM-DD.
 */
export function commentForm({ link, say, today, back }) {
  // The visit may end while the form is on view.
  const open = () => Boolean(link.saving) && link.session.state === "running";
  const field = el("textarea", {
    id: "comment",
    rows: "6",
    dir: "auto",
    autocomplete: "off",
    "aria-describedby": "comment-count comment-error",
  });
  const count = el("p", { class: "count", id: "comment-count", "aria-hidden": "true" });
  const error = el("p", { class: "error-message", id: "comment-error" });
  const spoken = el("p", { class: "unseen", role: "status" });
  const status = el("p", { role: "status" });
  const copy = button(say("comment_copy"), () => copyText(field.value, status, say), {
    class: "plain",
  });
  let pause = 0;
  let sending = false;

  // With its day, since an LMS may show several as one text.
  const worded = () => `${today}: ${field.value.trim()}\n`;
  const left = () => (open() ? commentRoom(link.session, worded()) : LIMIT - field.value.length);

  function tell() {
    const room = left();
    const words = room < 0 ? say("comment_long", { n: -room }) : say("comment_left", { n: room });
    if (count.textContent !== words) count.textContent = words;
    count.classList.toggle("error-message", room < 0);
  }

  function problem(words) {
    error.textContent = words;
    field.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) field.focus();
  }

  field.addEventListener("input", () => {
    draft = field.value;
    tell();
    clearTimeout(pause);
    pause = setTimeout(() => {
      spoken.textContent = count.textContent;
    }, TYPING_PAUSE);
  });

  async function send(event) {
    event.preventDefault();
    if (sending) return;
    problem(field.value.trim() ? (left() < 0 ? say("comment_shorten") : "") : say("comment_write"));
    if (field.getAttribute("aria-invalid") === "true") return;
    sending = true;
    // Apart from what else is to be saved: an LMS may mix up values that come together.
    await link.saving?.confirmed();
    const taken = open() && tellComment(link.session, worded());
    const saved = taken && (await link.saving?.confirmed()) === "saved";
    sending = false;
    if (!taken) {
      status.textContent = say(open() ? "comment_refused" : "comment_not_now");
      return;
    }
    status.textContent = say(saved ? "comment_sent" : "comment_unconfirmed");
    if (!saved) return;
    field.value = draft = "";
    tell();
  }

  field.value = draft;
  tell();
  const submit = open() ? el("button", { type: "submit" }, say("comment_send")) : null;
  const form = el(
    "form",
    { class: "comment", novalidate: true },
    el("label", { for: "comment" }, say("comment_label")),
    error,
    field,
    count,
    spoken,
    el("div", { class: "actions" }, submit, copy),
    status,
  );
  form.addEventListener("submit", send);
  // A frame that may not submit forms has no submit event.
  submit?.addEventListener("click", send);
  return [
    el("h1", {}, say("comment_title")),
    el("p", {}, say(open() ? "comment_read_by" : "comment_not_now")),
    el("p", {}, say("comment_names")),
    form,
    back,
  ];
}
