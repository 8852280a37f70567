// The rules of a scenario: the walk through its scenes, its first decisions, its scores
// (docs/state.md#scenarios).

import { counts } from "./progress.ts";
import { FULL, weightedMean, type Hundredths } from "./scoring.ts";
import { ATTEMPTS_LIMIT, type Key, type Quiz, type State } from "./state.ts";
import type { Answer } from "./behaviour.ts";
import type { Page } from "./course.ts";
import type { Quality, ScenarioData, Scene, SceneChoice } from "./page-data.ts";

/** A decision of a walk. */
export interface Step {
  scene: Scene;
  choice: SceneChoice;
}

/** A decision by its ids, which are the same in every language. */
export interface Decided {
  scene: string;
  choice: string;
}

/** Where a trainee is in a scenario. */
export interface Walk {
  /** The decisions on the way from the start, in order. */
  steps: Step[];
  /** The scene that the last one leads to. */
  scene: Scene;
}

const WORTH: Record<Quality, Hundredths> = { good: FULL, fair: FULL / 2, poor: 0 };

const byId = ({ scenes }: ScenarioData, id: string) =>
  scenes.find((scene) => scene.id === id) as Scene;

/**
 * The walk that the `answers` of a state describe. It ends at a scene without a decision, at one
 * whose choice the author has removed, and before one that it has already passed.
 */
export function walkOf(data: ScenarioData, answers: Map<Key, string> | undefined): Walk {
  const steps: Step[] = [];
  let scene = byId(data, data.start);
  for (;;) {
    const response = answers?.get(scene.key);
    const choice = scene.choices.find(({ id }) => id === response);
    if (!choice) return { steps, scene };
    steps.push({ scene, choice });
    scene = byId(data, choice.to);
    const at = steps.findIndex((step) => step.scene === scene);
    if (at >= 0) return { steps: steps.slice(0, at), scene };
  }
}

/**
 * All decisions on the way to the current scene: those `noted` in this visit, which include what
 * the state drops at a way back to an earlier scene. Those of the state if the two do not agree.
 */
export function trailOf(data: ScenarioData, state: State, key: Key, noted: Decided[]): Step[] {
  const { steps, scene } = walkOf(data, state.quizzes.get(key)?.answers);
  const trail: Step[] = [];
  let kept: Step[] = [];
  let at = byId(data, data.start);
  for (const decided of noted) {
    const choice = at.choices.find(({ id }) => id === decided.choice);
    if (at.id !== decided.scene || !choice || !state.checks.has(at.key)) return steps;
    trail.push({ scene: at, choice });
    kept.push({ scene: at, choice });
    at = byId(data, choice.to);
    const again = kept.findIndex((step) => step.scene === at);
    if (again >= 0) kept = kept.slice(0, again);
  }
  const same =
    kept.length === steps.length && kept.every(({ choice }, n) => choice === steps[n].choice);
  return same && at === scene ? trail : steps;
}

/** Whether a decision differs from the first one in its scene, which is recorded. */
export const isRepeat = ({ scene, choice }: Step, { checks }: State) =>
  checks.get(scene.key)?.response !== choice.id;

const meanOf = (choices: SceneChoice[]) =>
  weightedMean(
    choices.map(({ quality }) => ({ quality, weight: 1 })),
    ({ quality }) => WORTH[quality],
  );

/** The first decisions of a state, one in each scene. */
const firstOf = ({ scenes }: ScenarioData, { checks }: State) =>
  scenes.flatMap(({ key, choices }) =>
    choices.filter(({ id }) => id === checks.get(key)?.response),
  );

/** The score of a walk: the mean over the scenes on its final path. */
export const scoreOf = (steps: Step[]) => meanOf(steps.map(({ choice }) => choice));

/** The score that counts after a walk with these decisions. */
function keptAfter(data: ScenarioData, page: Page, state: State, steps: Step[]) {
  const keep = page.scenario?.keep;
  const before = state.quizzes.get(page.key)?.best ?? null;
  if (keep === "first") return before ?? meanOf(firstOf(data, state));
  const score = scoreOf(steps);
  return keep === "last" || before === null ? score : Math.max(before, score);
}

/** Notes the ending of the walk, if it has reached one. */
function finish(data: ScenarioData, page: Page, state: State) {
  const quiz = state.quizzes.get(page.key) as Quiz;
  const { steps, scene } = walkOf(data, quiz.answers);
  if (!scene.ending) return;
  if (!state.checks.has(scene.key))
    state.checks.set(scene.key, { tries: 1, first: scene.ending === "good", response: "" });
  // The score of a walk that has ended stays as it is, whatever an edit has made of the walk.
  if (quiz.best === null || counts(page, state)) quiz.best = keptAfter(data, page, state, steps);
  quiz.open = false;
}

/** Whether the course was started again after a walk that has ended. */
const isLeft = ({ open, best, answers }: Quiz) => !open && best !== null && !answers.size;

/** The number of the walk that is under way, has ended or comes next, and whether it counts. */
export function currentWalk({ key, scenario }: Page, { quizzes }: State) {
  const quiz = quizzes.get(key);
  const number = (quiz?.attempts || 1) + Number(quiz !== undefined && isLeft(quiz));
  const limit = scenario?.attempts;
  return { number, counts: !limit || number <= limit || quiz?.best === null };
}

/** Makes a choice in the current scene. The first one in each scene is kept for good. */
export function decide(data: ScenarioData, page: Page, state: State, choice: SceneChoice) {
  const { checks, quizzes } = state;
  const before = quizzes.get(page.key);
  if (before && isLeft(before)) walkAgain(page, state);
  const { steps, scene } = walkOf(data, before?.answers);
  if (!checks.has(scene.key))
    checks.set(scene.key, { tries: 1, first: choice.quality === "good", response: choice.id });
  const answers = new Map(
    [...steps, { scene, choice }].map((step) => [step.scene.key, step.choice.id]),
  );
  // A way back to a scene of the walk drops the decisions from there on.
  const kept = walkOf(data, answers).steps.map((step) => step.scene.key);
  const quiz = {
    attempts: quizzes.get(page.key)?.attempts || 1,
    best: before?.best ?? null,
    open: true,
    answers: new Map([...answers].filter(([key]) => kept.includes(key))),
  };
  quizzes.set(page.key, quiz);
  finish(data, page, state);
}

/** Starts a further walk. What was recorded stays. */
export function walkAgain(page: Page, { quizzes }: State) {
  const { attempts = 0, best = null } = quizzes.get(page.key) ?? {};
  quizzes.set(page.key, {
    attempts: Math.min(attempts + 1, ATTEMPTS_LIMIT),
    best,
    open: true,
    answers: new Map(),
  });
}

/**
 * Whether a walk has come to an ending that is not noted, because an edit has removed scenes or
 * turned one into an ending.
 */
export function isUnfinished(data: ScenarioData, page: Page, { quizzes, checks }: State) {
  const quiz = quizzes.get(page.key);
  const { key, ending } = walkOf(data, quiz?.answers).scene;
  return Boolean(quiz && ending && (quiz.open || quiz.best === null || !checks.has(key)));
}

/** Notes the ending that such a walk has come to. */
export const settle = finish;

/**
 * The decision in a scene as an answer to report. A fair choice is neither right nor wrong. Of a
 * choice that the author has removed, nothing is reported.
 */
export function decision(
  page: Page,
  { id, key, choices }: Scene,
  response: string,
  latency?: number,
): Answer {
  const quality = choices.find((choice) => choice.id === response)?.quality;
  const good = choices.filter((choice) => choice.quality === "good");
  return {
    page: page.id,
    question: {
      id,
      key,
      interaction: "choice",
      scored: quality !== "fair",
      weight: 1,
      patterns: good.map((choice) => choice.id),
    },
    reported: quality ? [{ part: "", response }] : [],
    credit: quality === "good" ? FULL : 0,
    latency,
    use: page.scenario?.weight ? "quiz" : "practice",
  };
}
