// Reads the state back from the LMS, which may have kept only its start
// (docs/decisions/saved-needs-evidence.md).

import { STATE } from "./elements.ts";
import { SLOW_MS } from "./pace.ts";
import type { Delivery } from "./delivery.ts";
import type { Ledger } from "./ledger.ts";
import type { Session } from "./session.ts";

/** Whether `kept` is a proper start of `text`, or nothing. */
const isCut = (kept: string | null, text: string) =>
  kept !== null && kept !== text && text.startsWith(kept);

/**
 * `check(delivery)` reads the state of a delivery back, and counts it as refused if the LMS has cut
 * it; `cut()` is whether the last state that was read was cut.
 *
 * Only a state that is longer than those before is read, and only while reading is cheap. Another
 * difference proves nothing, because an LMS may return an older value. An LMS that saves `each`
 * value by itself may still be storing it until its requests were seen to be answered.
 */
export function createReadBack(
  session: Pick<Session, "read" | "readMs">,
  ledger: Pick<Ledger, "forget">,
  each: boolean,
) {
  let longest = 0;
  let cut = false;

  return {
    cut: () => cut,
    check({ batch, sent, refused, line }: Delivery) {
      const arrived = line === "up" || (line === "reached" && !each);
      const pair = sent.find(([element]) => element === STATE);
      if (!pair || !arrived || batch.leaving || session.readMs > SLOW_MS) return;
      if (refused.includes(pair) || pair[1].length <= longest) return;
      cut = isCut(session.read(STATE), pair[1]);
      if (cut) {
        refused.push(pair);
        ledger.forget(pair);
      } else longest = pair[1].length;
    },
  };
}
