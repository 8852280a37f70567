// Reports the version of the course in each visit, because an attempt may begin with one package
// and end with another, and the result with its day, which some reports of LMSs lack
// (docs/decisions/version-is-an-interaction.md).

import { textAnswer } from "../state/text-answer.ts";
import type { AnswerLog } from "../state/behaviour.ts";
import type { Status } from "../state/state.ts";

const RANKS: Status[] = ["incomplete", "failed", "completed", "passed"];

export interface VersionReport {
  /**
   * A visit starts, before its answers. A visit after the course was completed reports nothing.
   * `before` is the number of interactions of earlier visits; some LMSs report another number.
   * `held` is the status that the LMS has confirmed: if a final status of the state was lost on the
   * way, its report was lost as well. Returns whether there is something to save.
   */
  start(before: string | number, held: string): boolean;
  /**
   * What the trainee's work is worth since this `day`, which may be that of an earlier visit. Each
   * final status is reported once.
   */
  result(status: Status, day: string): void;
}

const rankOf = (status: string) => Math.max(RANKS.indexOf(status as Status), 0);

/** Reports the `version` of the course among the answers. */
export function createVersionReport(version: string, interactions: AnswerLog): VersionReport {
  let rank = 0;
  let id = "";

  function add(response: string, ending = "") {
    interactions.add(textAnswer(id + ending, response, "version"), null);
  }

  return {
    start(before, held) {
      // Unique, because some LMSs keep one interaction of each id
      // (facts/learning-systems.md#two-answers-under-one-id): their count would seem too low.
      // Ids of answers contain "--", so none is equal to it.
      id = `version-${Number(before) || 0}`;
      rank = rankOf(held);
      const reports = rank < rankOf("completed");
      if (reports) add(version);
      return reports;
    },
    result(status, day) {
      if (rankOf(status) <= rank) return;
      rank = rankOf(status);
      add(`${version} ${status} ${day}`, `-${status}`);
    },
  };
}
