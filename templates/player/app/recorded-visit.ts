// A visit that is recorded has Exit, answers that an earlier one could not tell, and one state with
// the browser's journal and other windows.

import { el } from "../dom/element.js";
import { createExit } from "../keep/exit-button.js";
import { joinTogether } from "../keep/joining.js";
import { heldAnswers, tellLate } from "../lms/untold-answers.js";
import { decode } from "../state/codec.js";

/** @import {Additions, Copying, Key, Launch, Recorded, State} from "../types" */
/** @import {SurroundingsParts, Welcome} from "../types" */
/** @typedef {{tools: {close(): void}, welcome: Welcome, copying: Copying}} Others */
/** @typedef {ReturnType<typeof joinTogether>} Together */

const exitButton = () => /** @type {HTMLElement} */ (document.getElementById("exit-button"));

/**
 * @param {SurroundingsParts} parts
 * @param {Others} others
 * @returns {Recorded}
 */
export function createRecorded(parts, others) {
  const { visit, course, content, work, view } = parts;
  const { outline } = course;
  const { store, interactions } = work;
  const { state } = store;
  const { navigation, notices } = view;
  /** @type {Together | null} */
  let together = null;

  /**
   * The journal or another window has more of the trainee's work than this visit knew.
   *
   * @param {Key} bookmark
   * @param {Additions} added
   */
  function moved(bookmark, { news, due }) {
    const { current } = navigation;
    late(due);
    others.welcome.move(bookmark);
    const own = [current?.key ?? "", ...Object.values(current?.needs ?? {}).flat()];
    if (own.some((key) => news.has(key))) navigation.again();
  }

  /** Another window has gone on with the visit. */
  function away() {
    for (const subject of ["exit", "journal"]) notices.hide(subject);
    others.welcome.hide();
    exitButton().hidden = true;
  }

  /**
   * The answers of these keys, of which the LMS is still to be told.
   *
   * @param {Set<Key>} keys
   */
  function late(keys) {
    const { load, behaviourOf } = content;
    const save = () => store.change(() => {});
    tellLate({ keys, pages: outline.pages, state, interactions, load, behaviourOf, save }).catch(
      console.error,
    );
  }

  return {
    start() {
      startExit(parts, others, async () => Boolean(await together?.keep()));
      if (interactions.complete() && visit.link.session.canFinish) state.late.clear();
      tellMissing(visit.link.launch, state, view);
      late(state.late);
      if (together) return;
      view.guard("together", () => {
        together = joinTogether(parts, { moved, away });
      });
    },
    kept: () => Boolean(together?.kept()),
  };
}

/**
 * The LMS counts fewer answers than an earlier visit told it, and was believed to have. It does not
 * say which: all that the state still holds are told again. Some count those of this visit only.
 *
 * @param {Launch} launch
 * @param {State} state
 * @param {SurroundingsParts["view"]} view
 */
function tellMissing(launch, state, { notices, say }) {
  const before = decode(launch.state)?.interactions ?? 0;
  const counted = Number(launch.interactions);
  const missing = before - counted - state.late.size;
  if (!counted || missing <= 0) return;
  const held = [...heldAnswers(state)].filter((key) => !state.late.has(key));
  for (const key of held) state.late.add(key);
  const body = [el("p", {}, say(missing > held.length ? "missing_lost" : "missing_sent"))];
  const close = () => notices.hide("missing");
  notices.show("missing", say("missing"), { body, actions: [[say("close"), close]] });
}

/**
 * @param {SurroundingsParts} parts
 * @param {Others} others
 * @param {() => Promise<boolean>} keep Keeps all that was done in this browser.
 */
function startExit({ shown, visit, view }, { tools, copying }, keep) {
  const { navigation, notices, status, say, settle } = view;
  createExit({
    toggle: exitButton(),
    view: shown.exit,
    navigation,
    notices,
    say,
    copy: copying.action,
    async save() {
      settle();
      const outcome = await visit.saving.confirmed();
      return outcome === "failed" && (await keep()) ? "kept" : outcome;
    },
    close() {
      settle();
      return /** @type {boolean | null} */ (visit.saving.close());
    },
    closed() {
      tools.close();
      status.tell("off", say("nothing_recorded"));
      /** @type {NodeListOf<HTMLElement>} */
      const around = document.querySelectorAll("[data-shell], #save-status, footer > *");
      for (const element of around) element.hidden = true;
    },
  });
}
