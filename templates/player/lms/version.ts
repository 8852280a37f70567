// Reports the version of the course in each visit, because an attempt may begin with one package
// and end with another, and the result with its day, which some reports of LMSs lack
// (docs/decisions/version-is-an-interaction.md).

import type { Answer, AnswerLog } from "../state/behaviour.ts";
import type { State, Status } from "../state/state.ts";

/** Id of the interaction. Ids of answers contain "--", so none is equal to it. */
const VERSION = "version";

const QUESTION: Answer["question"] = {
  id: VERSION,
  key: "",
  interaction: "fill-in",
  scored: false,
  weight: 0,
  patterns: [],
};

const RANKS: Status[] = ["incomplete", "failed", "completed", "passed"];

export interface VersionReport {
  /** A visit starts, before its answers. A visit after the course was completed reports nothing. */
  start(): void;
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

  function add(response: string) {
    const reported = [{ part: "", response }];
    interactions.add({ page: "", question: QUESTION, reported, credit: 0, use: "version" }, null);
  }

  return {
    start() {
      if (rank < RANKS.indexOf("completed")) add(version);
    },
    result(status, day) {
      if (RANKS.indexOf(status) <= rank) return;
      rank = RANKS.indexOf(status);
      add(`${version} ${status} ${day}`);
    },
  };
}
