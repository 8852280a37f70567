// The lines of a record that a manager signs: who the trainee is, and their result in the LMS.

import { shownScore, type Hundredths } from "../state/scoring.ts";
import { higher } from "../state/tracking.ts";
import type { Say } from "../dom/words.ts";

/** The lines of a record that a manager signs, in words. */
export interface SignedLines {
  learner: string;
  status: string;
  score: string;
  /** The day on which the course was finished, or why there is none. */
  completed: string;
  /** The beginning of the package's digest. */
  digest: string;
}

interface Given {
  course: { digest: string };
  /** See lms-link.ts. */
  link: { launch: { status: string; learner: string } };
  /** The result in the LMS; each is missing where it is not known. */
  held: () => { status?: string; score?: Hundredths | null };
  /** When the course was finished, "" where that is not known. */
  ended: { day: string };
  tracking: { pass_mark: number };
  say: Say;
}

const FINAL = ["passed", "completed", "failed"];

/**
 * Gives a function that returns these lines. Whoever reads the sheet can tell what the LMS says now
 * from what it had confirmed, because some never say.
 */
export const createStanding =
  ({ course, link, held, ended, tracking, say }: Given): (() => SignedLines) =>
  () => {
    const { status, score } = held();
    const mark = tracking.pass_mark * 100;
    const stand = (words: string) => (link.launch.status ? words : say("as_confirmed", { words }));
    const over = Boolean(status) && FINAL.includes(higher("incomplete", String(status)));
    const completed = ended.day ? say.day(ended.day) : say("ask_lms");
    // An LMS may say something else before there is a result, such as "not attempted".
    const result = status && {
      status: stand(say(`status_${higher("incomplete", status)}`)),
      score: score == null ? say("no_score") : stand(say.percent(shownScore(score, mark))),
    };
    return {
      learner: link.launch.learner,
      digest: course.digest.slice(0, 16),
      completed: !status || over ? completed : say("print_again"),
      ...(result || { status: say("ask_lms"), score: say("ask_lms") }),
    };
  };
