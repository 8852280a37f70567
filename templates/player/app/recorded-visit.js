// A visit that is recorded has Exit, answers that an earlier one could not tell, and one state with
// the browser's journal and other windows.

import { createExit } from "../keep/exit.js";
import { tellLate } from "../lms/untold-answers.js";
import { joinTogether } from "../keep/joining.js";

/** @import {Additions, Copying, Key, Recorded, VisitParts, Welcome} from "../types" */

const exitButton = () => /** @type {HTMLElement} */ (document.getElementById("exit-button"));

/**
 * Of what mountVisit has, with other parts of it.
 *
 * @param {VisitParts} page
 * @param {{tools: {close(): void}, welcome: Welcome, copying: Copying}} others
 * @returns {Recorded}
 */
export function createRecorded(page, { tools, welcome, copying }) {
  const {
    shown,
    tracking,
    outline,
    content,
    store,
    interactions,
    link,
    status,
    navigation,
    notices,
    say,
    guard,
    timer,
    settle,
  } = page;
  const { state } = store;
  /** @type {ReturnType<typeof joinTogether> | null} */
  let together = null;

  function startExit() {
    createExit({
      toggle: exitButton(),
      view: shown.exit,
      navigation,
      notices,
      say,
      copy: copying.action,
      async save() {
        settle();
        const outcome = (await link.saving?.confirmed()) ?? "failed";
        return outcome === "failed" && (await together?.keep()) ? "kept" : outcome;
      },
      close() {
        settle();
        return link.saving?.close();
      },
      closed() {
        tools.close();
        status.tell("off", say("nothing_recorded"));
        /** @type {NodeListOf<HTMLElement>} */
        const around = document.querySelectorAll(".bar-row > *, footer > *");
        for (const element of around) element.hidden = true;
      },
    });
  }

  function startTogether() {
    together = joinTogether({
      course: shown.course,
      typed: new Set(shown.typed),
      tracking,
      outline,
      store,
      link,
      status,
      notices,
      say,
      timer,
      settle,
      moved,
      away() {
        for (const subject of ["exit", "journal"]) notices.hide(subject);
        welcome.hide();
        exitButton().hidden = true;
      },
    });
  }

  /**
   * The journal or another window has more of the trainee's work than this visit knew.
   *
   * @param {Key} bookmark
   * @param {Additions} added
   */
  function moved(bookmark, { news, due }) {
    const { current } = navigation;
    late(due);
    welcome.move(bookmark);
    const own = [current?.key ?? "", ...Object.values(current?.needs ?? {}).flat()];
    if (own.some((key) => news.has(key))) navigation.again();
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
    /** The visit is recorded from now on, or with another LMS. */
    start() {
      startExit();
      if (interactions.complete && link.session.canFinish) state.late.clear();
      late(state.late);
      if (!together) guard("together", startTogether);
    },
    /** Whether this browser has all that was done. */
    kept: () => Boolean(together?.kept()),
  };
}
