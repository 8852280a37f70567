// What it takes to pass a page, in words.

import { percent, type Say } from "../dom/words.ts";
import type { Mark, Page } from "../state/course.ts";
import type { Earned } from "../state/attempts.ts";
import type { Missed } from "../state/course-total.ts";
import { shownScore, type Hundredths } from "../state/scoring.ts";

/**
 * Right answers or points of all, else a percentage. `key` is the text for the number, which says
 * of a scenario that it is decisions.
 */
export function markInWords(say: Say, { percent: mark, n, of, points }: Mark, key = "mark_of") {
  if (n === undefined || of === undefined) return percent(say, mark * 100);
  return say(points ? "mark_points" : key, { n, of });
}

/** The same of a finished attempt: a percentage if it asked another number of questions. */
export const neededInWords = (say: Say, { mark }: Page, { scored }: Pick<Earned, "scored">) =>
  mark && markInWords(say, mark.points || mark.of === scored ? mark : { percent: mark.percent });

/** A score in the unit of the mark: points, never rounded up to the mark, else a percentage. */
export function scoreInWords(say: Say, { mark }: Page, hundredths: Hundredths, goal: Hundredths) {
  if (!mark?.points || !mark.of) return percent(say, shownScore(hundredths, goal));
  return say("mark_points", { n: Math.floor((hundredths * mark.of) / 100) / 100, of: mark.of });
}

/** What a page says about its mark before it is begun; "" without a mark. */
export function markBefore(say: Say, { mark, kind }: Page) {
  const [key, one] = kind === "scenario" ? ["walk_need", "walk_good_of"] : ["pass_mark", "mark_of"];
  return mark ? say(mark.shared ? "mark_shared" : key, { mark: markInWords(say, mark, one) }) : "";
}

/**
 * The mark of the course, “” without one: the right answers that its only part needs, else a
 * percentage.
 */
export function goalInWords(say: Say, { mark, part }: { mark: Hundredths; part: Mark | null }) {
  const words = part && !part.points ? markInWords(say, part) : percent(say, mark);
  return mark ? say("end_need", { mark: words }) : "";
}

/** Which parts can no longer be passed, one line each. */
export const missedInWords = (say: Say, missed: Missed[]) =>
  missed.map(({ pages, score, mark }) =>
    say("part_missed", {
      parts: pages.map(({ title }) => `“${title}”`).join(", "),
      score: percent(say, shownScore(score, mark)),
      mark: percent(say, mark),
    }),
  );
