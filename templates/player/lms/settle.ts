// What follows from a delivery: whether it counts, what the trainee is told, what is tried again.

import { isVital, type Pair } from "./elements.ts";
import { repaired, type Trouble } from "./repair.ts";
import type { Delivery } from "./delivery.ts";
import type { Outcome } from "./outcomes.ts";

/** What follows from a delivery. */
export interface Effects {
  trouble: Trouble;
  /** Whether the LMS has it. */
  arrived?: boolean;
  /** What has not reached the LMS. */
  lost?: Pair[];
  /** Whether answers are to be appended once more. */
  repeat?: boolean;
  /** What the trainee is told, if anything. */
  tell?: Outcome;
  /** In how many ms all is written once more, if it is. */
  again?: number;
}

const RETRIES = [1000, 5000, 15000, 30000, 60000, 120000, 300000];

/**
 * Pure. `before` is what earlier deliveries have left; `lms` is whether the LMS saves
 * `each` value by itself; `version` is the store's by now, and answers may
 * be `waiting` to be written.
 *
 * What was written counts once the LMS took it, stored it and could be reached afterwards; it is
 * called saved where the LMS's request was seen to be answered. What was lost is made good as
 * repair.ts says. What the LMS takes counts even where it refuses something
 * else; where that is the state or the result, the trainee is told that not all is saved, and it is
 * tried again.
 */
export function settle(
  before: Trouble,
  delivery: Delivery,
  lms: { each: boolean },
  version: number,
  waiting: boolean,
): Effects {
  const { batch, sent, refused } = delivery;
  const trouble = repaired(before, delivery, lms);
  const calm = { ...trouble, failures: 0, tries: 0 };
  if (trouble.line && trouble.line !== "mending")
    return {
      ...failed(trouble, delivery),
      lost: sent.filter(([element]) => !element.startsWith("cmi.interactions")),
    };
  if (before.line === "mending") return { trouble, again: 0 };
  // Answers lost on the way are written once more, the state with them.
  if (before.line) return { trouble: calm, repeat: true, again: 0 };
  if (batch.full || refused.some(isVital)) return { ...failed(trouble, {}), arrived: true };
  if (batch.alone || batch.version !== version) return { trouble: calm, arrived: true };
  return {
    trouble: calm,
    arrived: true,
    tell: delivery.sure && delivery.line === "up" ? "saved" : "unconfirmed",
    again: refused.length && waiting ? 0 : undefined,
  };
}

function failed(trouble: Trouble, { dark }: { dark?: boolean }): Effects {
  const { failures, tries } = trouble;
  return {
    trouble: { ...trouble, failures: failures + 1, tries: tries + Number(!dark) },
    tell: trouble.line === "unknown" ? "unconfirmed" : failures ? "failed" : "saving",
    again: RETRIES[Math.min(failures, RETRIES.length - 1)],
  };
}
