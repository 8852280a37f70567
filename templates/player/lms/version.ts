// Reports the version of the course in each visit, because an attempt may begin with one package
// and end with another, and the result with its day, which some reports of LMSs lack
// (docs/decisions/version-is-an-interaction.md).

import { textAnswer } from "../state/text-answer.ts";
import type { AnswerLog } from "../state/behaviour.ts";
import type { State, Status } from "../state/state.ts";

const RANKS: Status[] = ["incomplete", "failed", "completed", "passed"];

export interface VersionReport {
  /**
   * A visit starts, before its answers. A visit after the course was completed reports nothing.
   * `before` is the number of interactions of earlier visits; some LMSs report another number.
   * Returns whether there is something to save.
   */
  start(before: string | number): boolean;
  /** What the trainee's work is worth on this `day`. Each final status is reported once. */
  result(status: Status, day: string): void;
}

/** Reports the `version` of the course among the answers. `state` is that of the visit's start. */
export function createVersionReport(
  version: string,
  state: Pick<State, "status">,
  interactions: AnswerLog,
): VersionReport {
  let rank = RANKS.indexOf(state.status);
  let id = "";

  function add(response: string, ending = "") {
    interactions.add(textAnswer(id + ending, response, "version"), null);
  }

  return {
    start(before) {
      // Unique, because some LMSs keep one interaction of each id
      // (facts/learning-systems.md#two-answers-under-one-id): their count would seem too low.
      // Ids of answers contain "--", so none is equal to it.
      id = `version-${Number(before) || 0}`;
      const reports = rank < RANKS.indexOf("completed");
      if (reports) add(version);
      return reports;
    },
    result(status, day) {
      if (RANKS.indexOf(status) <= rank) return;
      rank = RANKS.indexOf(status);
      add(`${version} ${status} ${day}`, `-${status}`);
    },
  };
}
