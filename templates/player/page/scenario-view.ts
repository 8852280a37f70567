// The elements that a scenario adds to its scenes on the screen. The class of each begins with
// “walk-”: print leaves them out, and shows the scenes as they arrived.

import { button, el, html } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Quality, Scene, SceneChoice } from "../state/page-data.ts";
import type { Step } from "../state/scenario.ts";

/** What every view of a scene needs: the way `back` to the earlier scene, if there is one. */
interface Around {
  say: Say;
  back: (() => void) | null;
}

const QUALITIES: Record<Quality, string> = {
  good: "choice_good",
  fair: "choice_fair",
  poor: "choice_poor",
};

const itemOf = (section: HTMLElement, { id }: SceneChoice) =>
  section.querySelector(`[data-choice="${id}"]`) as HTMLElement;

/** The words of a choice as HTML. */
const wordsOf = (section: HTMLElement, choice: SceneChoice) =>
  itemOf(section, choice).querySelector("a")?.innerHTML ?? "";

const backButton = ({ say, back }: Around) =>
  back && button(say("walk_back"), back, { class: "plain", id: "walk-back" });

const actions = (...buttons: (HTMLElement | null)[]) =>
  buttons.some(Boolean) ? el("div", { class: "actions" }, ...buttons) : null;

/** The choices of a scene as buttons. */
export function choicesOf(
  section: HTMLElement,
  { choices }: Scene,
  around: Around & {
    note: string | null;
    need: string | null;
    choose: (choice: SceneChoice) => void;
  },
) {
  const { say, note, need, choose } = around;
  const row = (choice: SceneChoice) => {
    const made = html(
      "button",
      { type: "button", id: `walk-${choice.id}`, dir: "auto", onclick: () => choose(choice) },
      wordsOf(section, choice),
    );
    return el("li", {}, made);
  };
  return el(
    "div",
    { class: "walk-choices" },
    noteOf(note),
    noteOf(need),
    el("p", { class: "walk-ask", id: "walk-ask" }, say("walk_ask")),
    el("ul", { role: "list", "aria-labelledby": "walk-ask" }, ...choices.map(row)),
    actions(backButton(around)),
  );
}

/** How good a choice is, by a word and a sign. */
const qualityOf = ({ quality }: SceneChoice, say: Say) =>
  el("span", { class: `walk-quality ${quality}` }, say(QUALITIES[quality]));

/**
 * A choice of the scene in `section` with its feedback, how good it is if that is `revealed`, and
 * what leads `onward`, if anything.
 */
export function feedbackOf(
  section: HTMLElement,
  choice: SceneChoice,
  say: Say,
  revealed: boolean,
  onward: HTMLElement | null,
) {
  const feedback = itemOf(section, choice).querySelector(".choice-feedback");
  return el(
    "div",
    { class: "walk-feedback" },
    el("h3", {}, say("walk_yours")),
    html("p", { class: "walk-words", dir: "auto" }, wordsOf(section, choice)),
    revealed ? el("p", {}, qualityOf(choice, say)) : null,
    feedback ? html("div", {}, feedback.innerHTML) : null,
    onward,
  );
}

/** A decision with its feedback, and the choices that were not made. */
export function decidedHere(
  section: HTMLElement,
  { scene, choice }: Step,
  around: Around & { next: () => void; revealed: boolean },
) {
  const { say, next, revealed } = around;
  const others = scene.choices.filter((one) => one !== choice);
  const onward = actions(button(say("walk_next"), next, { id: "walk-next" }), backButton(around));
  return el(
    "div",
    { class: "walk-decided" },
    feedbackOf(section, choice, say, revealed, onward),
    others.length
      ? el(
          "details",
          { class: "walk-others" },
          el("summary", {}, say("walk_others")),
          el("ul", {}, ...others.map((one) => html("li", { dir: "auto" }, wordsOf(section, one)))),
        )
      : null,
  );
}

const noteOf = (note: string | null) => (note ? el("p", { class: "walk-note" }, note) : null);

/**
 * The way so far: the decisions, of which that at place `at` may be on view; else the title of the
 * scene on view follows, `here`.
 */
export function pathOf(
  steps: Step[],
  at: number | null,
  here: string,
  say: Say,
  note: string | null,
) {
  const onView = (yes: boolean) => ({ "aria-current": yes ? "step" : null });
  return el(
    "div",
    { class: "walk-path" },
    el("h3", {}, say("walk_so_far")),
    noteOf(note),
    el(
      "ol",
      { class: "walk-steps", role: "list" },
      ...steps.map((step, n) => el("li", onView(n === at), ...decidedIn(step))),
      at === null
        ? el("li", { class: "walk-place", ...onView(true) }, ...placeIn(here, say("walk_here")))
        : null,
    ),
  );
}

// Lines without a pause between them would run together when they are read out.
const pause = (sign: string) => el("span", { class: "unseen" }, sign);

const placeIn = (title: string, words: string) => [
  el("span", { class: "walk-scene" }, title, pause(": ")),
  el("span", { class: "walk-choice", dir: "auto" }, words),
];

const decidedIn = ({ scene, choice }: Step) => placeIn(scene.title, choice.text);

/**
 * What follows an ending: the decisions with their quality, and another way.
 *
 * @param score What to say about it.
 * @param need What it takes to pass, if the score is lower; else "".
 * @param done Whether the scenario is done.
 * @param ending How good the ending is. After a poor one, another way is the first thing to do.
 */
export function endOf(
  steps: Step[],
  around: Around & {
    note: string | null;
    score: string[];
    need: string;
    done: boolean;
    ending: Quality;
    again: () => void;
  },
) {
  const { say, note, score, need, done, ending, again } = around;
  const rest = done && ending !== "poor";
  const mixed = ending === "good" && steps.some(({ choice }) => choice.quality !== "good");
  return el(
    "div",
    { class: "walk-end" },
    mixed ? el("p", {}, say("walk_mixed")) : null,
    ...score.map((words) => el("p", {}, words)),
    need ? el("p", {}, need) : null,
    done ? null : el("p", {}, say("walk_good_needed")),
    actions(
      button(say("walk_again"), again, { id: "walk-again", class: rest ? "plain" : null }),
      backButton(around),
    ),
    el("h3", {}, say("walk_decided")),
    noteOf(note),
    el(
      "ol",
      { class: "walk-steps", role: "list" },
      ...steps.map((step) =>
        el("li", {}, ...decidedIn(step), pause(" – "), qualityOf(step.choice, say)),
      ),
    ),
  );
}
