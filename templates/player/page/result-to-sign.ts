// The lines of a record that a manager signs: the trainee, and their result in the LMS.

import { dayInWords } from "../dom/dates.ts";
import { listInWords, percent } from "../dom/words.ts";
import { shownScore, type Hundredths } from "../state/scoring.ts";
import { shownModules } from "../state/test-out.ts";
import { higher } from "../state/tracking.ts";
import type { Say } from "../dom/words.ts";
import type { Outline } from "../state/course.ts";
import type { Store } from "../state/store.ts";

/** The lines that a manager signs. */
export interface SignedLines {
  learner: string;
  status: string;
  score: string;
  /** The modules of which a test-out has shown pages, as text. */
  shown: string;
  /** The day on which the course was finished, or a text that says why there is none. */
  completed: string;
  /** First characters of the package's digest. */
  digest: string;
}

interface Given {
  course: { digest: string; language: string };
  outline: Outline;
  store: Store;
  /** See lms-link.ts. */
  link: { launch: { status: string; learner: string } };
  /** The result in the LMS; {} if unknown. */
  held: () => { status?: string; score?: Hundredths | null };
  /** The day on which the course was finished; "" if unknown. */
  ended: { day: string };
  tracking: { pass_mark: number };
  say: Say;
}

const FINAL = ["passed", "completed", "failed"];

/**
 * Returns a function that returns the current lines. They distinguish what the LMS says now from
 * what it had confirmed, because some LMSs never return a status.
 */
export const createSignedLines =
  ({ course, outline, store, link, held, ended, tracking, say }: Given): (() => SignedLines) =>
  () => {
    const { status, score } = held();
    const mark = tracking.pass_mark * 100;
    const withSource = (words: string) =>
      link.launch.status ? words : say("as_confirmed", { words });
    const over = Boolean(status) && FINAL.includes(higher("incomplete", String(status)));
    const completed = ended.day ? dayInWords(say, ended.day) : say("ask_lms");
    // Before there is a result, an LMS may say "not attempted".
    const result = status && {
      status: withSource(say(`status_${higher("incomplete", status)}`)),
      score: score == null ? say("no_score") : withSource(percent(say, shownScore(score, mark))),
    };
    return {
      learner: link.launch.learner,
      digest: course.digest.slice(0, 16),
      shown: listInWords(shownModules(outline, store.held), course.language) || "–",
      completed: !status || over ? completed : say("print_again"),
      ...(result || { status: say("ask_lms"), score: say("ask_lms") }),
    };
  };
