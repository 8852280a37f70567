// Only the trainee can tell whether what this browser has kept of another attempt belongs here.

import { isoDate } from "../state/days.js";

/** @import {Additions, Journal, Offered, Say, State, Store, Take, View} from "../types" */
/**
 * @typedef {object} AskingParts
 * @property {Journal} journal
 * @property {Take} adopt
 * @property {(state: State) => boolean} lacks Whether that would add anything.
 */

/**
 * @param {Store} store
 * @param {View} view
 * @param {AskingParts} parts
 */
export function createAsking(store, view, { journal, adopt, lacks }) {
  const { notices, say } = view;
  /** @type {Offered[]} */
  let asked = [];

  function add() {
    const added = answered().map(({ state, whole }, index) => {
      const before = store.state.attempt;
      const joined = adopt(state, { adopted: whole && !index });
      // What was kept of the visit until now is in what is kept of the attempt that it goes on.
      journal.remove(store.state.attempt === state.attempt ? before : state.attempt);
      return joined;
    });
    tellAdded(view, "journal_taken", added);
  }

  function leaveOut() {
    for (const { state } of answered()) journal.remove(state.attempt);
  }

  /** What the trainee was asked about, once they have answered. */
  function answered() {
    const all = asked;
    asked = [];
    notices.hide("journal");
    return all;
  }

  return {
    /** Something to ask about; what has nothing new is removed. @param {Offered} offered */
    offer(offered) {
      const { attempt } = offered.state;
      if (!lacks(offered.state)) return journal.remove(attempt);
      // Without an answer it is asked again.
      journal.ask(attempt, offered.whole ? store.state.attempt : "");
      return asked.push(offered);
    },
    /** Ask about all of it. */
    ask() {
      if (!asked.length) return;
      notices.show("journal", questionOn(asked, say), {
        actions: [
          [say("journal_add"), add],
          [say("journal_leave"), leaveOut],
        ],
      });
    },
    /**
     * Another window's state has brought this attempt.
     *
     * @param {string} attempt
     */
    joined(attempt) {
      const before = asked.length;
      asked = asked.filter(({ state }) => state.attempt !== attempt);
      if (before && !asked.length) notices.hide("journal");
    },
  };
}

/**
 * Tells that something was `added`.
 *
 * @param {Pick<View, "notices" | "say">} view
 * @param {string} words
 * @param {Additions[]} added
 */
export function tellAdded({ notices, say }, words, added) {
  const unsaid = added.some((additions) => additions.unsaid) ? [say("journal_words")] : [];
  notices.show("journal", [say(words), ...unsaid].join(" "));
}

/**
 * @param {Offered[]} asked The newest first.
 * @param {Say} say
 */
function questionOn(asked, say) {
  const day = new Date(/** @type {Offered} */ (asked[0]).at);
  const date = say.day(isoDate(day.getFullYear(), day.getMonth() + 1, day.getDate()));
  const part = asked.some(({ less }) => less) ? [say("journal_part")] : [];
  return [say("journal_ask", { day: date }), ...part].join(" ");
}
