// The one way to write to the LMS: in batches, in order, no faster than it can bear.

/** @import {Clock, Pair, Timer} from "../types" */

/**
 * A batch as far as it is written.
 *
 * @typedef Batch
 * @property {Pair[]} values What is still to be written.
 * @property {Pair[]} sent
 * @property {Pair[]} refused
 * @property {number} took Ms of calls.
 */

/**
 * @typedef Ways
 * @property {(leaving?: boolean) => Pair[]} collect
 * @property {(element: string, value: string) => boolean} write
 * @property {() => boolean | null} commit
 * @property {(ok: boolean | null, sent: Pair[], refused: Pair[]) => void} done
 * @property {Timer} timer
 * @property {Clock} clock
 * @property {number} [pace]
 * @property {Pair[]} [stored]
 */

// Two values of one element in a burst can overtake each other in an LMS that saves each call by
// itself, so a batch holds one value each and batches keep apart.
const BETWEEN_BATCHES = 1000;
// A call stops the page for as long as it takes. Where that can be felt, the page is drawn before
// it, and is the trainee's own for most of the time.
const SLOW = 300;
const DRAWN = 50;
const BORNE = 1000;
const SHARE = 6;
const LONGEST = 60000;
// Where each value is saved by itself, the result keeps so many times as far from what comes before
// it: wagtail-lms writes its whole row each time, and a report would keep what came earlier.
const APART = 4;
const RESULT = /lesson_status|score\.raw/;
// A hidden page on which nothing happened is not saved again so soon.
const QUIET = 60000;
// Every LMS has to take these.
const VITAL = /suspend_data|lesson_status|score\.raw/;
// An LMS that refuses another element in so many batches of which it takes something does not know
// it.
const REFUSALS = 3;

/**
 * Whether an LMS that refuses an element has refused what counts.
 *
 * @param {Pair | [element: string]} pair
 */
export const isVital = ([element]) => VITAL.test(element);

/**
 * `collect(leaving)` gives the batch, pairs of element and value in the order they are to be
 * written; it is called when the batch starts, so that it holds the latest. `write(element,
 * value)` and `commit()` are the session's. `done(ok, sent, refused)` hears of each batch, its
 * pairs and those not taken: ok is true, false, or null where the LMS could not be asked to commit.
 * `timer(call, ms)` is setTimeout's like, `clock()` gives ms. With `pace` in ms the writes of a
 * batch are that far apart, or farther. `stored` is what the LMS has already.
 *
 * Values that the LMS has are not written again, until `forget` says that they were lost.
 *
 * @param {Ways} ways
 */
export function createQueue({ collect, write, commit, done, timer, clock, pace = 0, stored = [] }) {
  const written = new Map(stored);
  /** @type {Map<string, number>} */
  const refusals = new Map();
  let earliest = -Infinity;
  let due = Infinity;
  /** @type {Batch | null} */
  let batch = null;
  let closed = false;
  let again = false;
  let slow = 0;
  let committed = -Infinity;

  /**
   * A timer may fire a little before its time by the clock, so it is known by its due time.
   *
   * @param {number} at
   */
  function start(at) {
    if (closed || batch || at !== due) return;
    due = Infinity;
    batch = begun(changed());
    step(batch);
  }

  /**
   * @param {Pair[]} [values]
   * @returns {Batch}
   */
  const begun = (values = []) => ({ values, sent: [], refused: [], took: 0 });
  /** @param {Pair} pair */
  const has = ([element, value]) => written.get(element) === value;
  /** @param {boolean} [leaving] */
  const changed = (leaving) => collect(leaving).filter((pair) => !has(pair));

  /** @param {Batch} current */
  function step(current) {
    // The page may go away during a call, which flushes the batch.
    while (batch === current && current.values.length) {
      send(current, /** @type {Pair} */ (current.values.shift()));
      const [next] = current.values;
      const wait = Math.max(pace * (next && RESULT.test(next[0]) ? APART : 1), slow);
      if (wait) {
        timer(() => step(current), wait);
        return;
      }
    }
    if (batch === current) {
      batch = null;
      end(current);
      if (again) request();
    }
  }

  /**
   * What a call gives; how long it took is how long the page stood still.
   *
   * @template T
   * @param {Batch} of
   * @param {() => T} call
   */
  function timed(of, call) {
    const before = clock();
    const value = call();
    const took = clock() - before;
    of.took += took;
    slow = took > SLOW ? took : 0;
    return value;
  }

  /**
   * @param {Batch} to
   * @param {Pair} pair
   */
  function send(to, pair) {
    if (closed) return;
    const [element, value] = pair;
    to.sent.push(pair);
    if (timed(to, () => write(element, value))) written.set(element, value);
    else {
      to.refused.push(pair);
      written.delete(element);
    }
  }

  /**
   * What is refused time and again is left alone.
   *
   * @param {Batch} batch
   */
  function count({ sent, refused }) {
    if (refused.length === sent.length) return;
    for (const pair of refused) {
      const [element, value] = pair;
      const times = (refusals.get(element) ?? 0) + 1;
      refusals.set(element, times);
      if (!isVital(pair) && times >= REFUSALS) written.set(element, value);
    }
  }

  /** @param {Batch} one */
  function end(one) {
    count(one);
    const ok = timed(one, commit);
    committed = clock();
    const rest = (one.took - BORNE) * SHARE;
    earliest = committed + Math.min(Math.max(BETWEEN_BATCHES, rest), LONGEST);
    done(ok, one.sent, one.refused);
    return one.refused.some(isVital) ? false : ok;
  }

  function request(delay = 0) {
    again = Boolean(batch);
    if (batch || closed) return;
    const at = Math.max(earliest, clock() + Math.max(delay, slow && DRAWN));
    if (at >= due) return;
    due = at;
    // Never from the trainee's own press: ILIAS sends what is saved then blindly
    // (facts/learning-systems.md).
    timer(() => start(at), at - clock());
  }

  return {
    /** Ask for a batch: at once, or when the last is far enough away or `delay` ms are over. */
    request,
    /**
     * Write and commit now, because the page is going away; `last` is for good. Where writes need
     * pacing only the state goes: the rest follows if the page stays, and from the state at the
     * next launch.
     */
    flush(last = false) {
      if (closed) return false;
      const values = changed(true);
      // Nothing but the time.
      if (!last && !batch && values.length < 2 && clock() - committed < QUIET) return true;
      const now = batch ?? begun();
      batch = null;
      due = Infinity;
      for (const pair of values) {
        if (!pace || pair[0] === "cmi.suspend_data") send(now, pair);
      }
      const ok = end(now);
      if (pace) request();
      return ok;
    },
    /** Whether a value was written, and is not known to be lost. */
    has,
    /**
     * A value that was written has not reached the LMS.
     *
     * @param {Pair} pair
     */
    forget(pair) {
      if (has(pair)) written.delete(pair[0]);
    },
    close() {
      closed = true;
      batch = null;
    },
  };
}
