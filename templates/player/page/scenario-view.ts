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

/** A choice of the scene in `section` with its feedback, and what leads `onward`, if anything. */
export function feedbackOf(
  section: HTMLElement,
  choice: SceneChoice,
  say: Say,
  onward: HTMLElement | null,
) {
  const feedback = itemOf(section, choice).querySelector(".choice-feedback");
  return el(
    "div",
    { class: "walk-feedback" },
    el("h3", {}, say("walk_yours")),
    html("p", { class: "walk-words", dir: "auto" }, wordsOf(section, choice)),
    feedback ? html("div", {}, feedback.innerHTML) : null,
    onward,
  );
}

/** A decision with its feedback, and the choices that were not made. */
export function decidedHere(
  section: HTMLElement,
  { scene, choice }: Step,
  around: Around & { next: () => void },
) {
  const { say, next } = around;
  const others = scene.choices.filter((one) => one !== choice);
  const onward = actions(button(say("walk_next"), next, { id: "walk-next" }), backButton(around));
  return el(
    "div",
    { class: "walk-decided" },
    feedbackOf(section, choice, say, onward),
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

/** The decisions so far, folded. */
export const pathOf = (steps: Step[], say: Say, note: string | null) =>
  el(
    "details",
    { class: "walk-path" },
    el("summary", {}, say("walk_so_far")),
    noteOf(note),
    el("ol", {}, ...steps.map(({ scene, choice }) => el("li", {}, ...decidedIn(scene, choice)))),
  );

// Lines without a pause between them would run together when they are read out.
const pause = (sign: string) => el("span", { class: "unseen" }, sign);

const decidedIn = (scene: Scene, choice: SceneChoice) => [
  el("span", { class: "walk-scene" }, scene.title, pause(": ")),
  el("span", { class: "walk-choice", dir: "auto" }, choice.text),
];

/**
 * What follows an ending: the decisions with their quality, and another way.
 *
 * @param score What to say about it.
 * @param need What it takes to pass, if the score is lower; else "".
 * @param done Whether the scenario is done.
 */
export function endOf(
  steps: Step[],
  around: Around & {
    note: string | null;
    score: string[];
    need: string;
    done: boolean;
    again: () => void;
  },
) {
  const { say, note, score, need, done, again } = around;
  const quality = (choice: SceneChoice) =>
    el("span", { class: `walk-quality ${choice.quality}` }, say(QUALITIES[choice.quality]));
  return el(
    "div",
    { class: "walk-end" },
    ...score.map((words) => el("p", {}, words)),
    need ? el("p", {}, need) : null,
    done ? null : el("p", {}, say("walk_good_needed")),
    actions(
      button(say("walk_again"), again, { id: "walk-again", class: done ? "plain" : null }),
      backButton(around),
    ),
    el("h3", {}, say("walk_decided")),
    noteOf(note),
    el(
      "ol",
      { class: "walk-steps" },
      ...steps.map(({ scene, choice }) =>
        el("li", {}, ...decidedIn(scene, choice), pause(" – "), quality(choice)),
      ),
    ),
  );
}
