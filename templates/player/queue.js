// The one way to write to the LMS: in batches, in order, no faster than it can bear.

// Two values of one element in a burst can overtake each other in an LMS that saves each call by
// itself, so a batch holds one value each and batches keep apart.
const BETWEEN_BATCHES = 1000;
// Every LMS has to take these; other refused elements are ones that it does not support.
const VITAL = /suspend_data|lesson_status|score\.raw/;

/**
 * `collect(leaving)` gives the batch, pairs of element and value in the order they are to be
 * written; it is called when the batch starts, so that it holds the latest. `write(element,
 * value)` and `commit()` are the session's. `done(ok, sent)` hears of each batch and its pairs: true,
 * false, or null where the LMS could not be asked to commit. `timer(call, ms)` is setTimeout's
 * like, `clock()` gives ms. With `pace` in ms the writes of a batch are that far apart. `stored` is
 * what the LMS has already.
 *
 * Values that the LMS has are not written again, until `forget` says that they were lost.
 */
export function createQueue({ collect, write, commit, done, timer, clock, pace = 0, stored = [] }) {
  const written = new Map(stored);
  let earliest = -Infinity;
  let due = Infinity;
  let batch = null;
  let closed = false;
  let again = false;

  // A timer may fire a little before its time by the clock, so it is known by its due time.
  function start(at) {
    if (closed || batch || at !== due) return;
    due = Infinity;
    batch = { values: changed(), sent: [], ok: true };
    step(batch);
  }

  const changed = (leaving) => collect(leaving).filter(([element, value]) => written.get(element) !== value);

  function step(current) {
    if (closed || batch !== current) return;
    while (current.values.length) {
      send(current, current.values.shift());
      if (pace) {
        timer(() => step(current), pace);
        return;
      }
    }
    batch = null;
    end(current);
    if (again) request();
  }

  function send(to, pair) {
    const [element, value] = pair;
    written.set(element, value);
    to.sent.push(pair);
    if (!write(element, value) && VITAL.test(element)) to.ok = false;
  }

  function end({ ok, sent }) {
    const result = commit();
    earliest = clock() + BETWEEN_BATCHES;
    done(ok && result, sent);
    return ok && result;
  }

  function request(delay = 0) {
    again = Boolean(batch);
    if (batch || closed) return;
    const at = Math.max(earliest, clock() + delay);
    if (at >= due) return;
    due = at;
    if (at > clock()) timer(() => start(at), at - clock());
    else start(at);
  }

  return {
    /** Ask for a batch: at once, or when the last is far enough away or `delay` ms are over. */
    request,
    /**
     * Write and commit now, because the page is going away. Where writes need pacing only the
     * state goes: the rest follows if the page stays, and from the state at the next launch.
     */
    flush() {
      if (closed) return false;
      const values = changed(true);
      const last = batch ?? { sent: [], ok: true };
      batch = null;
      due = Infinity;
      for (const pair of values) {
        if (!pace || pair[0] === "cmi.suspend_data") send(last, pair);
      }
      const ok = end(last);
      if (pace) request();
      return ok;
    },
    /** A value that was written has not reached the LMS. */
    forget(element, value) {
      if (written.get(element) === value) written.delete(element);
    },
    close() {
      closed = true;
    },
  };
}
