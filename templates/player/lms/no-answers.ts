// The list of answers until the first one is added. The list itself is in the part “answers”, which
// every script that adds answers contains.

import type { Interactions } from "./interactions.ts";

/** Makes the list: the LMS's count of answers, and the count in the state. */
export type MakeList = (count: string, counted: number) => Interactions;

/** Does what `make(count, counted)` does, and makes it with the first answer. */
export function createNoAnswers(count: string, counted: number, make: MakeList): Interactions {
  let given: Parameters<MakeList>;
  let known: boolean;
  let end: number;
  const none: Interactions = {
    begin(...counts) {
      given = counts;
      known = /^\d+$/.test(counts[0]);
      end = known ? Number(counts[0]) : counts[1];
    },
    add(...answer) {
      Object.assign(none, make(...given));
      none.follow(end);
      none.add(...answer);
    },
    values: () => [],
    complete: () => known && given[1] <= Number(given[0]),
    count: (late) => end + Number(known && late.size > 0),
    late: (before) => new Set(before),
    sent: () => () => {},
    repeat() {},
    follow(last) {
      end = Math.max(end, last);
    },
    refused: () => [],
  };
  none.begin(count, counted);
  return none;
}
