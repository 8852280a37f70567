// The LMS tab: what the learning system holds, and what follows from it.

import { updateElement, count, el, part, rows } from "./element.ts";
import { held, outcomes, statusWords, type Outcome } from "./outcome.ts";
import type { Summary } from "../lms/record.ts";
import type { Desk, View } from "./desk.ts";
import type { Learning } from "./systems.ts";

interface Answer {
  text: string | null;
}

/** A decoded state (builder/updating/saved.py). */
export interface Explained {
  length: number;
  limit: number;
  worst: number;
  damage: { problem: string } | null;
  head: {
    status: string;
    bookmark: string | null;
    saves: number;
    /** YYYY-MM-DD; "" if unfinished or unknown, null if none is stored. */
    finished: string | null;
  } | null;
  pages: { title: string; word: string }[];
  checks: { prompt: string; tries: number; first: boolean; scored: boolean; answer: Answer }[];
  quizzes: {
    title: string;
    attempts: number;
    best: number | null;
    open: boolean;
    word: string;
    answers: { prompt: string; answer: Answer }[];
  }[];
  records: { question: string; date: string; answer: Answer }[];
}

const WORDS: Record<string, string> = {
  not_started: "not started",
  changed: "changed since",
  visited: "visited",
  started: "in progress",
  done: "done",
  quiz_passed: "passed",
  quiz_not_passed: "not passed yet",
};

/**
 * Ms to wait after an edit, because decoding a state takes the server a while in a course of 1,000
 * pages, and the author waits for the page.
 */
const CALM_MS = 1000;

export function createLmsTab(desk: Desk) {
  const panel = el("div");
  let drawn = "";
  const calm = createCalm();

  async function show() {
    const { learning, record, view } = desk;
    if (!learning || !view?.tracking) return;
    if (drawn && !calm(view.edition, show)) return;
    const holds = held(learning, record.messages);
    const now = JSON.stringify([
      holds,
      learning.name,
      learning.settings,
      view.edition,
      record.messages.length,
    ]);
    if (now === drawn) return;
    drawn = now;
    const state: Explained | null = holds.state
      ? await desk.server.post("explain", { state: holds.state })
      : null;
    const fresh = el(
      "div",
      {},
      part(`What ${learning.profile.name} holds`, drawHeld(holds)),
      part("What it would do", drawOutcomes(desk, learning)),
      part(
        "The saved state",
        ...(state ? drawState(state, view.certificate) : [el("p", {}, "Nothing yet.")]),
      ),
      part("Answers that were reported", drawAnswers(holds)),
      part("About it", el("p", {}, learning.profile.special), ...drawLacks(learning)),
    );
    updateElement(panel, fresh);
  }
  return { panel, show };
}

/**
 * Returns a function that returns whether an edition is older than CALM_MS; if not, calls `later`
 * once it is.
 */
function createCalm() {
  let known = 0;
  let since = 0;
  let due = 0;
  return (edition: number, later: () => void) => {
    const now = performance.now();
    if (edition !== known) since = known ? now : -CALM_MS;
    known = edition;
    clearTimeout(due);
    const left = since + CALM_MS - now;
    if (left > 0) due = setTimeout(later, left);
    return left <= 0;
  };
}

export function drawHeld({ status, score, grade, seconds, location }: Summary) {
  return rows([
    ["Status", statusWords(status)],
    ["Score", score === "" ? "none" : score],
    ["Grade", grade === null ? "none" : String(grade)],
    ["Time", seconds === null ? "not kept" : timeWords(seconds)],
    ["Place", location || "none"],
  ]);
}

function timeWords(seconds: number) {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  return minutes ? `${count(minutes, "minute")}, ${count(rest, "second")}` : count(rest, "second");
}

function drawOutcomes({ record, view }: Desk, learning: Learning) {
  const tracking = view?.tracking as NonNullable<View["tracking"]>;
  return listOutcomes(outcomes(learning, record.messages, tracking));
}

export function listOutcomes(found: Outcome[]) {
  return el(
    "ul",
    {},
    found.map(({ met, words }) => el("li", { class: met ? "yes" : "no" }, words)),
  );
}

/** @param certificate Whether the course has one. */
export function drawState(state: Explained, certificate: boolean) {
  const { length, limit, worst, damage, head } = state;
  const sizes = [length, limit, worst].map((number) => number.toLocaleString("en"));
  const [used, of, most] = sizes;
  const room = `${used} of ${of} characters; ${most} at the most that this course takes`;
  const label = "Room that the state takes";
  const bar = el("progress", { max: limit, value: length, "aria-label": label });
  const wrong = damage && el("p", {}, damage.problem);
  return [bar, el("p", {}, room), wrong, ...(head ? drawContents(state, head, certificate) : [])];
}

function drawContents(
  { pages, checks, quizzes, records }: Explained,
  head: NonNullable<Explained["head"]>,
  certificate: boolean,
) {
  const done = pages.filter(({ word }) => !["not_started", "changed"].includes(word)).length;
  const begun = `Pages: ${done} of ${pages.length} begun or done`;
  // If the certificate was removed, stored states still have the day.
  const showsDay = certificate ? head.finished !== null : Boolean(head.finished);
  const finished: [string, string][] = showsDay ? [["Finished", finishedWords(head)]] : [];
  return [
    rows([
      ["Stopped at", head.bookmark ?? "no page of this course"],
      ["Saved", count(head.saves, "time")],
      ["Says", statusWords(head.status)],
      ...finished,
    ]),
    more(
      begun,
      pages.map(({ title, word }) => `${title}: ${WORDS[word] ?? word}`),
    ),
    checks.length > 0 && more(`Practice answers: ${checks.length}`, checks.map(checkWords)),
    ...quizzes.map((quiz) => more(quizWords(quiz), quiz.answers.map(answerWords))),
    records.length > 0 && more(`Record answers: ${records.length}`, records.map(recordWords)),
  ];
}

/** The day on the certificate. Without a certificate, only a known day is shown. */
const finishedWords = ({ status, finished }: NonNullable<Explained["head"]>) =>
  finished ||
  (status === "incomplete"
    ? "not yet: the certificate names the day on which this status becomes another"
    : "on a day that is not known, as the certificate says");

const answerWords = ({ prompt, answer }: { prompt: string; answer: { text: string | null } }) =>
  `${prompt} — ${answer.text ?? ""}`;

function checkWords({ prompt, answer, tries, first, scored }: Explained["checks"][number]) {
  const begun = scored ? `, the first ${first ? "right" : "not right"}` : "";
  return `${answerWords({ prompt, answer })} (${count(tries, "try", "tries")}${begun})`;
}

function quizWords({ title, attempts, best, open, word }: Explained["quizzes"][number]) {
  const score = best === null ? "no score yet" : `${best / 100}%`;
  const standing = open ? "under way" : (WORDS[word] ?? word);
  return `Quiz “${title}”: ${count(attempts, "attempt")}, ${score}, ${standing}`;
}

const recordWords = ({ question, date, answer }: Explained["records"][number]) =>
  `${answerWords({ prompt: question, answer })} (${date || "no date"})`;

function more(title: string, lines: string[]) {
  return el(
    "details",
    { class: "more" },
    el("summary", {}, title),
    el(
      "ul",
      {},
      lines.map((line) => el("li", {}, line)),
    ),
  );
}

export function drawAnswers({ interactions }: Summary) {
  if (interactions === null) return el("p", {}, "It keeps none.");
  if (!interactions.length) return el("p", {}, "None yet.");
  const head = el(
    "tr",
    {},
    ["Question", "Answer", "Result"].map((words) => el("th", { scope: "col" }, words)),
  );
  const body = interactions.map((one) =>
    el(
      "tr",
      {},
      [one.id, one.student_response, one.result].map((words) => el("td", {}, words ?? "")),
    ),
  );
  return el(
    "div",
    { class: "scroll" },
    el("table", {}, el("thead", {}, head), el("tbody", {}, body)),
  );
}

export function drawLacks({ profile, settings }: Learning) {
  const lacks = Object.entries(profile.lacks(settings));
  if (!lacks.length) return [];
  return [
    more(
      "What it cannot do",
      lacks.map(([what, why]) => `${what}: ${why}`),
    ),
  ];
}
