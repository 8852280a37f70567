// A page with the scenes of a scenario, one at a time.

import { hasChanged } from "../state/edits.ts";
import { el, focusOn } from "../dom/element.ts";
import { bringIntoView } from "./feedback-place.ts";
import { pageStatus } from "../state/progress.ts";
import { decide, decision, isUnfinished, settle, walkAgain, walkOf } from "../state/scenario.ts";
import { choicesOf, decidedHere, endOf, pathOf } from "./scenario-view.ts";
import type { Say } from "../dom/words.ts";
import type { AnswerLog } from "../state/behaviour.ts";
import type { Page } from "../state/course.ts";
import type { ScenarioData, Scene, SceneChoice } from "../state/page-data.ts";
import type { Step } from "../state/scenario.ts";
import type { Key } from "../state/state.ts";
import type { Store } from "../state/store.ts";

/** What the scenario of a page needs. */
export interface ScenarioGiven {
  place: HTMLElement;
  entry: Page;
  data: ScenarioData;
  course: { title: string };
  store: Store;
  interactions: AnswerLog;
  say: Say;
}

/** What a scenario shows that does not follow from the state. */
interface Showing {
  /** The decision on view, by ids, and its place in the walk; null for the current scene. */
  decided: { scene: string; choice: string; at: number } | null;
  /** When the current scene was first shown, in ms. */
  since: number;
}

// By the key of the page, until it is left. It is not left when it is shown again.
const showing = new Map<Key, Showing>();

/** Returns a function to call when the page is left. */
export function mountScenario(given: ScenarioGiven) {
  const { place, entry, data, store, say } = given;
  // Before the ending of an edited scenario is noted.
  if (hasChanged(entry.key, entry.former, store.state.quizzes))
    place.before(el("p", { class: "notice" }, say("walk_changed")));
  if (isUnfinished(data, entry, store.state)) store.change((state) => settle(data, entry, state));
  show(given, stepOf(data, showing.get(entry.key)?.decided), null);
  // Last, so that the scenes stay readable if something fails.
  place.classList.add("walk");
  return () => {
    if (!say.turning) showing.delete(entry.key);
  };
}

type Shown = Step & { at: number };

/** The decision on view, with the data of the language that the page now has. */
function stepOf(data: ScenarioData, decided: Showing["decided"] | undefined): Shown | null {
  const scene = data.scenes.find(({ id }) => id === decided?.scene);
  const choice = scene?.choices.find(({ id }) => id === decided?.choice);
  return scene && choice ? { scene, choice, at: decided?.at as number } : null;
}

/**
 * Shows a decision and its feedback, or the current scene if there is none on view. `focus` goes to
 * the heading of the scene or to the feedback.
 */
function show(given: ScenarioGiven, decided: Shown | null, focus: "scene" | "feedback" | null) {
  const { entry, data, store, say } = given;
  const { steps, scene: current } = walkOf(data, store.state.quizzes.get(entry.key)?.answers);
  const scene = decided?.scene ?? current;
  const { since = performance.now() } = showing.get(entry.key) ?? {};
  showing.set(entry.key, {
    decided: decided && { scene: scene.id, choice: decided.choice.id, at: decided.at },
    since: decided ? since : focus ? performance.now() : since,
  });
  const section = present(given, scene, steps.length > 0 && !current.ending);
  const earlier = steps[Math.min(decided?.at ?? steps.length, steps.length) - 1];
  const back = earlier
    ? () => show(given, { ...earlier, at: steps.indexOf(earlier) }, "scene")
    : null;
  const later = decided && steps[decided.at + 1];
  const next = () => show(given, later ? { ...later, at: decided.at + 1 } : null, "scene");
  if (decided) section.append(decidedHere(section, decided, { say, back, next }));
  else if (scene.ending) section.append(endHere(given, steps, back));
  else section.append(choicesHere(given, section, scene, back));
  if (steps.length && (decided || !scene.ending)) section.append(pathOf(steps, say));
  if (focus === "scene") focusOn(section.querySelector("h2"));
  if (focus === "feedback") bringIntoView(section.querySelector(".walk-feedback") as HTMLElement);
}

/** Shows the section of a scene alone, without what the view has added before. */
function present({ place, entry, course }: ScenarioGiven, { id, title }: Scene, underway: boolean) {
  for (const added of place.querySelectorAll(".scene > [class^='walk-']")) added.remove();
  const sections = [...(place.querySelectorAll(".scene") as NodeListOf<HTMLElement>)];
  for (const section of sections) section.hidden = section.dataset.scene !== id;
  place.closest("article")?.classList.toggle("under-way", underway);
  document.title = [title, entry.title, course.title].join(" – ");
  return sections.find(({ hidden }) => !hidden) as HTMLElement;
}

function choicesHere(
  given: ScenarioGiven,
  section: HTMLElement,
  scene: Scene,
  back: (() => void) | null,
) {
  const { entry, store, say } = given;
  const { attempts = 0, best = null } = store.state.quizzes.get(entry.key) ?? {};
  const counts = entry.scenario?.weight && best === null && attempts < 2;
  const note = attempts > 1 ? "walk_practice" : counts ? "walk_counts" : "";
  const first = !back && note ? say(note) : null;
  return choicesOf(section, scene, { say, back, note: first, choose: (one) => choose(given, one) });
}

function choose(given: ScenarioGiven, choice: SceneChoice) {
  const { entry, data, store, interactions } = given;
  const { steps, scene } = walkOf(data, store.state.quizzes.get(entry.key)?.answers);
  const latency = performance.now() - (showing.get(entry.key)?.since as number);
  if (!store.state.checks.has(scene.key))
    interactions.add(decision(entry, scene, choice.id, latency));
  store.change((state) => decide(data, entry, state, choice));
  const decided = { scene, choice, at: steps.length };
  if (hasFeedback(given, decided)) show(given, decided, "feedback");
  else show(given, null, "scene");
}

const hasFeedback = ({ place }: ScenarioGiven, { scene, choice }: Step) =>
  place.querySelector(
    `.scene[data-scene="${scene.id}"] [data-choice="${choice.id}"] .choice-feedback`,
  );

function endHere(given: ScenarioGiven, steps: Step[], back: (() => void) | null) {
  const { entry, store, say } = given;
  const { state } = store;
  return endOf(steps, {
    say,
    back,
    score: entry.scenario?.weight ? (state.quizzes.get(entry.key)?.best ?? null) : null,
    done: pageStatus(entry, state) === "done",
    again: () => {
      store.change((changed) => walkAgain(entry, changed));
      show(given, null, "scene");
    },
  });
}
