// A page with the scenes of a scenario, one at a time.

import { hasChanged } from "../state/edits.ts";
import { el, focusOn } from "../dom/element.ts";
import { markBefore } from "./mark-words.ts";
import { bringIntoView } from "./feedback-place.ts";
import { pageStatus } from "../state/progress.ts";
import {
  decide,
  decision,
  isUnfinished,
  settle,
  trailOf,
  walkAgain,
  walkOf,
} from "../state/scenario.ts";
import { choicesOf, decidedHere, endOf, feedbackOf, pathOf } from "./scenario-view.ts";
import { needInWords, noteOf, repeatNote, scoreInWords, type WalkGiven } from "./scenario-words.ts";
import type { AnswerLog } from "../state/behaviour.ts";
import type { Quality, Scene, SceneChoice } from "../state/page-data.ts";
import type { Decided, Step } from "../state/scenario.ts";
import type { Key } from "../state/state.ts";

/** What the scenario of a page needs. */
export interface ScenarioGiven extends WalkGiven {
  place: HTMLElement;
  course: { title: string };
  interactions: AnswerLog;
}

/** What a scenario shows that does not follow from the state. */
interface Showing {
  /** The decisions of this walk in this visit. */
  noted: Decided[];
  /** The decision on view, by its place in the walk; null for the current scene. */
  at: number | null;
  /** Whether this visit has shown the feedback of the last decision. */
  read?: boolean;
  /** When the current scene was first shown, in ms; undefined while another page is on view. */
  since?: number;
}

// By the key of the page.
const showing = new Map<Key, Showing>();

/** Returns a function to call when the page is left. */
export function mountScenario(given: ScenarioGiven) {
  const { place, entry, data, store, say } = given;
  // Before the ending of an edited scenario is noted.
  if (hasChanged(entry.key, entry.former, store.state.quizzes))
    place.before(el("p", { class: "notice" }, say("walk_changed")));
  if (isUnfinished(data, entry, store.state)) store.change((state) => settle(data, entry, state));
  const known = showing.get(entry.key);
  show(given, known ? known.at : unread(given), null);
  // Last, so that the scenes stay readable if something fails.
  place.classList.add("walk");
  return () => {
    if (say.turning) return;
    const { noted, at, read } = showing.get(entry.key) as Showing;
    // An earlier decision on view is not kept.
    showing.set(entry.key, { noted, at: at === noted.length - 1 ? at : null, read });
  };
}

const trailNow = ({ entry, data, store }: ScenarioGiven) =>
  trailOf(data, store.state, entry.key, showing.get(entry.key)?.noted ?? []);

/**
 * The last decision of an earlier visit, if it has feedback and a way on. The state does not tell
 * whether that was read.
 */
function unread(given: ScenarioGiven) {
  const { entry, store } = given;
  const trail = trailNow(given);
  const last = trail.length - 1;
  const open = store.state.quizzes.get(entry.key)?.open;
  return open && last >= 0 && hasFeedback(given, trail[last]) ? last : null;
}

/**
 * Shows the decision at a place in the walk with its feedback, or the current scene for null.
 * `focus` goes to the heading of the scene or to the feedback.
 */
function show(given: ScenarioGiven, place: number | null, focus: "scene" | "feedback" | null) {
  const { entry, data, store, say } = given;
  const { scene: current } = walkOf(data, store.state.quizzes.get(entry.key)?.answers);
  const trail = trailNow(given);
  const at = place !== null && trail[place] ? place : null;
  const decided = at === null ? null : trail[at];
  const scene = decided?.scene ?? current;
  const { since = performance.now(), read } = showing.get(entry.key) ?? {};
  showing.set(entry.key, {
    noted: trail.map((step) => ({ scene: step.scene.id, choice: step.choice.id })),
    at,
    read: read || (trail.length > 0 && at === trail.length - 1),
    since: decided || !focus ? since : performance.now(),
  });
  const section = present(given, scene, trail.length > 0 && !current.ending);
  const earlier = (at ?? trail.length) - 1;
  const back = earlier < 0 ? null : () => show(given, earlier, "scene");
  const next = () => show(given, at === trail.length - 1 ? null : Number(at) + 1, "scene");
  const revealed = Boolean(data.reveal);
  if (decided) section.append(decidedHere(section, decided, { say, back, next, revealed }));
  else if (scene.ending) {
    if (!read) tellAgain(given, section, trail[trail.length - 1]);
    section.append(endHere(given, scene, trail, back));
  } else section.append(choicesHere(given, section, scene, back));
  if (trail.length && (decided || !scene.ending))
    section.append(pathOf(trail, at, scene.title, say, repeatNote(given, trail)));
  if (focus === "scene") focusOn(section.querySelector("h2"));
  if (focus === "feedback") bringIntoView(section.querySelector(".walk-feedback") as HTMLElement);
}

/** Shows the decision that has led to an ending, if it has feedback, between title and text. */
function tellAgain(given: ScenarioGiven, section: HTMLElement, step?: Step) {
  const feedback = step && hasFeedback(given, step);
  if (!feedback) return;
  const decidedIn = feedback.closest(".scene") as HTMLElement;
  const { data, say } = given;
  const told = feedbackOf(decidedIn, step.choice, say, Boolean(data.reveal), null);
  section.querySelector("h2")?.after(told);
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
  return choicesOf(section, scene, {
    say: given.say,
    back,
    note: noteOf(given, scene, !back),
    need: back ? null : markBefore(given.say, given.entry),
    choose: (one) => choose(given, one),
  });
}

function choose(given: ScenarioGiven, choice: SceneChoice) {
  const { entry, data, store, interactions } = given;
  const { scene } = walkOf(data, store.state.quizzes.get(entry.key)?.answers);
  const { noted, since } = showing.get(entry.key) as Showing;
  const latency = performance.now() - (since as number);
  if (!store.state.checks.has(scene.key))
    interactions.add(decision(entry, scene, choice.id, latency));
  store.change((state) => decide(data, entry, state, choice));
  const all = [...noted, { scene: scene.id, choice: choice.id }];
  showing.set(entry.key, { noted: all, at: null, since });
  if (hasFeedback(given, { scene, choice })) show(given, all.length - 1, "feedback");
  else show(given, null, "scene");
}

const hasFeedback = ({ place }: ScenarioGiven, { scene, choice }: Step) =>
  place.querySelector(
    `.scene[data-scene="${scene.id}"] [data-choice="${choice.id}"] .choice-feedback`,
  );

function endHere(given: ScenarioGiven, scene: Scene, steps: Step[], back: (() => void) | null) {
  const { entry, store, say } = given;
  const { state } = store;
  return endOf(steps, {
    say,
    note: repeatNote(given, steps),
    back,
    score: scoreInWords(given),
    need: needInWords(given),
    done: pageStatus(entry, state) === "done",
    ending: scene.ending as Quality,
    again: () => {
      store.change((changed) => walkAgain(entry, changed));
      showing.delete(entry.key);
      show(given, null, "scene");
    },
  });
}
