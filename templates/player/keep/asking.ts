// Asks the trainee whether work of another attempt, found in this browser's journal, belongs here.
// Only the trainee can know.

import { dayInWords } from "../dom/dates.ts";
import { isoDate } from "../state/days.ts";
import type { View } from "../app/visit.ts";
import type { Say } from "../dom/words.ts";
import type { Additions } from "../state/additions.ts";
import type { State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { Take } from "./joining.ts";
import type { Journal } from "./journal.ts";

/** Work that the trainee is asked about. */
export interface Offered {
  at: number;
  state: State;
  /**
   * True if the attempt replaces the visit's attempt; false if only its ungraded part is merged.
   */
  whole: boolean;
  /** True if some of the kept work (quizzes, records) will not be merged. */
  less?: boolean;
}

interface AskingParts {
  journal: Journal;
  adopt: Take;
  /** Whether the state has anything that the visit's state lacks. */
  lacks: (state: State) => boolean;
}

export function createAsking(store: Store, view: View, { journal, adopt, lacks }: AskingParts) {
  const { notices, say } = view;
  let asked: Offered[] = [];

  function add() {
    const added = answered().map(({ state, whole }, index) => {
      const before = store.state.attempt;
      const joined = adopt(state, { adopted: whole && !index });
      // The merged state holds the work of both attempts: remove the journal entry that is not
      // continued.
      journal.remove(store.state.attempt === state.attempt ? before : state.attempt);
      return joined;
    });
    tellAdded(view, "journal_taken", added);
  }

  function leaveOut() {
    for (const { state } of answered()) journal.remove(state.attempt);
  }

  /** Empties the list, hides the question and returns what was offered. */
  function answered() {
    const all = asked;
    asked = [];
    notices.hide("journal");
    return all;
  }

  return {
    /** Adds work to ask about. Removes it from the journal if it has nothing new. */
    offer(offered: Offered) {
      const { attempt } = offered.state;
      if (!lacks(offered.state)) return journal.remove(attempt);
      // Recorded in the journal, so that the next visit asks again if the trainee does not answer.
      journal.ask(attempt, offered.whole ? store.state.attempt : "");
      return asked.push(offered);
    },
    /** Shows one question about all the work that was offered. */
    ask() {
      if (!asked.length) return;
      notices.show("journal", questionOn(asked, say), {
        actions: [
          [say("journal_add"), add],
          [say("journal_leave"), leaveOut],
        ],
      });
    },
    /** Another window has merged this attempt: do not ask about it. */
    joined(attempt: string) {
      const before = asked.length;
      asked = asked.filter(({ state }) => state.attempt !== attempt);
      if (before && !asked.length) notices.hide("journal");
    },
  };
}

/**
 * Shows a notice that work was merged, and whether texts are missing because the journal keeps
 * none.
 */
export function tellAdded(
  { notices, say }: Pick<View, "notices" | "say">,
  words: string,
  added: Additions[],
) {
  const unsaid = added.some((additions) => additions.unsaid) ? [say("journal_words")] : [];
  notices.show("journal", [say(words), ...unsaid].join(" "));
}

/** @param asked The newest first. */
function questionOn(asked: Offered[], say: Say) {
  const day = new Date((asked[0] as Offered).at);
  const date = dayInWords(say, isoDate(day.getFullYear(), day.getMonth() + 1, day.getDate()));
  const part = asked.some(({ less }) => less) ? [say("journal_part")] : [];
  return [say("journal_ask", { day: date }), ...part].join(" ");
}
