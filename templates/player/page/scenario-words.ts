// What a scenario says about counting: which decisions and ways do, and the score.

import { markBefore } from "./mark-words.ts";
import { attemptsLeft, keptScore, measure } from "../state/progress.ts";
import { currentWalk, isRepeat, scoreOf, walkOf } from "../state/scenario.ts";
import { FULL, shownScore, type Hundredths } from "../state/scoring.ts";
import { lost } from "../state/tracking.ts";
import { percent, type Say } from "../dom/words.ts";
import type { Outline, Page, ScenarioRules, Tracking } from "../state/course.ts";
import type { ScenarioData, Scene } from "../state/page-data.ts";
import type { Step } from "../state/scenario.ts";
import type { Quiz } from "../state/state.ts";
import type { Store } from "../state/store.ts";

/** What the words depend on. */
export interface WalkGiven {
  entry: Page;
  data: ScenarioData;
  store: Store;
  outline: Outline;
  tracking: Tracking;
  say: Say;
}

/** What a list says that has other decisions than those recorded. */
export const repeatNote = (given: WalkGiven, trail: Step[]) =>
  trail.some((step) => isRepeat(step, given.store.state)) ? given.say(repeatKey(given)) : null;

/** Text key of what a repeated decision means: in a way that counts, it replaces the first. */
const repeatKey = ({ entry, store: { state, saved } }: WalkGiven) =>
  entry.scenario?.weight &&
  entry.scenario.keep !== "first" &&
  currentWalk(entry, state).counts &&
  !saved
    ? "walk_replaces"
    : "walk_repeat";

/** What a scene says about decisions in it; null for nothing. `first`: a walk begins here. */
export function noteOf(given: WalkGiven, scene: Scene, first: boolean) {
  const { entry, store, say } = given;
  if (first && entry.scenario?.weight) return waysInWords(given);
  // A further walk says it once.
  const once = first || currentWalk(entry, store.state).number === 1;
  const again = once && store.state.checks.has(scene.key) ? say(repeatKey(given)) : null;
  return first ? `${say("walk_free")} ${again ?? say("walk_first")}` : again;
}

// Which of several ways counts; with "first", there is only one.
const WHICH: Record<string, string> = { best: "walk_best", last: "walk_last" };

/** How many ways count, as the first scene says it. */
function waysInWords({ entry, store: { state, saved }, say }: WalkGiven) {
  const { attempts: of, keep } = entry.scenario as ScenarioRules;
  const { number, counts } = currentWalk(entry, state);
  if (!counts || saved) return say("walk_none");
  if (of === 1) return say("walk_counts");
  const ways = of ? say("walk_of", { n: number, of }) : say("walk_any");
  return `${ways} ${say(WHICH[keep as string])}`;
}

/** What an ending says about the score, and the ways that are left. */
export function scoreInWords({ entry, data, store, say }: WalkGiven) {
  const { weight, keep } = entry.scenario as ScenarioRules;
  const { state, saved } = store;
  const { answers } = state.quizzes.get(entry.key) as Quiz;
  // Practice in a review does not change what it says of the score in the LMS.
  const best = keptScore(entry, saved ?? state);
  if (!weight || best === null) return [];
  const shown = (score: Hundredths) => ({ score: percent(say, shownScore(score)) });
  const way = scoreOf(walkOf(data, answers).steps);
  const left = saved ? 0 : attemptsLeft(entry, state);
  const further = left < Infinity ? say("walk_left", { n: left }) : say("walk_any");
  // After full marks, a further way changes nothing, unless it lowers the score.
  const enough = best === FULL && keep !== "last";
  const which = keep === "last" ? "walk_replaced" : WHICH[keep as string];
  return [
    ...(way === best || keep === "first" ? [] : [say("walk_way", shown(way))]),
    say("walk_score", shown(best)),
    ...(enough ? [] : [left ? `${further} ${say(which)}` : say("walk_none")]),
  ];
}

/** What an ending says below the mark, also that the course can no longer be passed. */
export function needInWords({ entry, outline, tracking, store, say }: WalkGiven) {
  const { state, saved } = store;
  const score = entry.scenario?.weight ? keptScore(entry, saved ?? state) : null;
  const below = (score ?? FULL) < (entry.mark?.percent ?? 0) * 100;
  const gone = lost(measure(outline, state, tracking).quizzes, tracking);
  const isLost = gone.some(({ key }) => key === entry.key);
  return [below ? markBefore(say, entry) : "", isLost ? say("end_spent") : ""]
    .filter(Boolean)
    .join(" ");
}
