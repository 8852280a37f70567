// Only the trainee can tell whether what this browser has kept of another attempt belongs here.

import { isoDate } from "../state/days.ts";
import type { View } from "../app/visit.ts";
import type { Say } from "../dom/words.ts";
import type { Additions } from "../state/additions.ts";
import type { State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { Take } from "./joining.ts";
import type { Journal } from "./journal.ts";

/** What the trainee is asked about. */
export interface Offered {
  at: number;
  state: State;
  /** Whether it is their attempt, which the visit then goes on. */
  whole: boolean;
  /** Whether something of it does not belong here. */
  less?: boolean;
}

interface AskingParts {
  journal: Journal;
  adopt: Take;
  /** Whether that would add anything. */
  lacks: (state: State) => boolean;
}

export function createAsking(store: Store, view: View, { journal, adopt, lacks }: AskingParts) {
  const { notices, say } = view;
  let asked: Offered[] = [];

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
    /** Something to ask about; what has nothing new is removed. */
    offer(offered: Offered) {
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
    /** Another window's state has brought this attempt. */
    joined(attempt: string) {
      const before = asked.length;
      asked = asked.filter(({ state }) => state.attempt !== attempt);
      if (before && !asked.length) notices.hide("journal");
    },
  };
}

/** Tells that something was `added`. */
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
  const date = say.day(isoDate(day.getFullYear(), day.getMonth() + 1, day.getDate()));
  const part = asked.some(({ less }) => less) ? [say("journal_part")] : [];
  return [say("journal_ask", { day: date }), ...part].join(" ");
}
