// The one way to write to the LMS: in batches, in order, no faster than it can bear.

// Two values of one element in a burst can overtake each other in an LMS that saves each call by
// itself, so a batch holds one value each and batches keep apart.
const BETWEEN_BATCHES = 1000;

/**
 * `collect()` gives the batch, pairs of element and value in the order they are to be written; it
 * is called when the batch starts, so that it holds the latest. `write(element, value)` and
 * `commit()` are the session's. `done(ok)` hears of each batch: true, false, or null where the
 * LMS could not be asked to commit. `timer(call, ms)` is setTimeout's like, `clock()` gives ms.
 * With `pace` in ms the writes of a batch are that far apart. `stored` is what the LMS has already.
 *
 * Values that the LMS has are not written again. A refused state makes the batch fail; other
 * refused elements are ones the LMS does not support.
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
    batch = { values: changed(), ok: true };
    step(batch);
  }

  const changed = () => collect().filter(([element, value]) => written.get(element) !== value);

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
    if (again) {
      again = false;
      request();
    }
  }

  function send(to, [element, value]) {
    written.set(element, value);
    if (!write(element, value) && element === "cmi.suspend_data") to.ok = false;
  }

  function end(finished) {
    const result = commit();
    const ok = finished.ok && result;
    earliest = clock() + BETWEEN_BATCHES;
    done(ok);
    return ok;
  }

  function request(delay = 0) {
    if (batch) again = true;
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
     * state goes: all else follows from it at the next launch.
     */
    flush() {
      if (closed) return false;
      const last = { values: changed(), ok: true };
      batch = null;
      due = Infinity;
      for (const pair of last.values) {
        if (!pace || pair[0] === "cmi.suspend_data") send(last, pair);
      }
      return end(last);
    },
    close() {
      closed = true;
    },
  };
}
