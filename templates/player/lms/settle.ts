// Decides what follows from a delivery: whether it counts, what the trainee sees, what is retried.

import { isAnswer, isVital, type Pair } from "./elements.ts";
import { repaired, type Trouble } from "./repair.ts";
import type { Delivery } from "./delivery.ts";
import type { Outcome } from "./outcomes.ts";

export interface Effects {
  trouble: Trouble;
  /** Whether the LMS has it. */
  arrived?: boolean;
  /** Values that have not reached the LMS. */
  lost?: Pair[];
  /** Whether answers have to be appended again. */
  repeat?: boolean;
  /** The outcome to show, if any. */
  tell?: Outcome;
  /** After how many ms everything is written again, if it is. */
  again?: number;
}

// While the page is hidden, or the line was never proved to work, saving is retried less often.
const RETRY_MS = [1000, 5000, 15000, 30000, 60000, 120000, 300000];
const VISIBLE_STEPS = 4;

/**
 * Pure. `before` is what earlier deliveries left to repair; `lms.each` is whether the LMS saves
 * each value by itself, `lms.hidden` whether the page is hidden; `version` is the store's current
 * one.
 *
 * A value counts once the LMS has accepted and stored it, and could be reached afterwards. It is
 * called saved if the LMS's own request was seen to be answered. repair.ts handles lost values.
 * Accepted values count even if others are refused; if the state or the result is refused, the
 * trainee sees that not all is saved, and everything is retried. A refused part of an answer is
 * written again, and nothing is called saved while the LMS may still accept it, because the state
 * keeps only the last answer to a question.
 */
export function settle(
  before: Trouble,
  delivery: Delivery,
  lms: { each: boolean; hidden: boolean },
  version: number,
): Effects {
  const { batch, sent, refused } = delivery;
  const trouble = repaired(before, delivery, lms);
  const calm = { ...trouble, failures: 0, tries: 0 };
  const isRefused = refused.some(isVital);
  if (trouble.line && trouble.line !== "repair")
    return {
      ...failed(trouble, lms.hidden, isRefused, delivery.dark),
      lost: sent.filter((pair) => !isAnswer(pair)),
    };
  if (before.line === "repair") return { trouble, again: 0 };
  // Answers lost on the way are appended again, and the state with them.
  if (before.line) return { trouble: calm, repeat: true, again: 0 };
  if (batch.full || isRefused) return { ...failed(trouble, lms.hidden, isRefused), arrived: true };
  return {
    trouble: calm,
    arrived: true,
    tell:
      delivery.due || batch.alone || batch.version !== version
        ? undefined
        : delivery.sure && delivery.line === "up"
          ? "saved"
          : "unconfirmed",
    again: refused.some(isAnswer) ? 0 : undefined,
  };
}

/** A refusal is known, whatever the line: it is never called sent. */
function failed(trouble: Trouble, hidden: boolean, isRefused: boolean, dark = false): Effects {
  const { failures, tries, line, proved } = trouble;
  const rare = hidden || (line === "unknown" && !proved);
  const steps = rare ? RETRY_MS.length : VISIBLE_STEPS;
  return {
    trouble: { ...trouble, failures: failures + 1, tries: tries + Number(!dark) },
    tell: line === "unknown" && !isRefused ? "unconfirmed" : failures ? "failed" : "saving",
    again: RETRY_MS[Math.min(failures, steps - 1)],
  };
}
