// Windows in which one course is open more than once: the one opened last records, nobody else.

// A message that is older reaches a window that slept while the other one worked: it is not to
// write any more, since what it holds may be older than what the LMS has.
const SLEPT = 5000;

/**
 * `post(message)` tells the other windows, `hear` of what this gives is to be called with what they
 * tell. `me()` says whose visit this is: `owner`, `attempt` and `path`, where the course was
 * launched. `id` is this window's own, `now()` gives ms since 1970.
 *
 * `giveWay(slept)` ends recording here, because another window has taken over, and gives the state
 * as text. `received(text, handed)` hears of the state of a window that gave way: `handed` over as
 * it did, or changed since. `left()` hears, in a window that gave way, that the other one is closed,
 * `elsewhere()` that there is one again.
 */
export function createWindows({ post, me, id, now, giveWay, received, left, elsewhere }) {
  const opened = now();
  let away = false;

  // Two launches at once may each have begun an attempt of their own; two activities with one
  // course in them are two paths.
  const ours = (other) => {
    const { owner, attempt, path } = me();
    return other.owner === owner && (other.attempt === attempt || other.path === path);
  };
  const tell = (kind, more = {}) => post({ kind, id, at: opened, ...me(), ...more });
  const later = ({ at, id: other }) => at > opened || (at === opened && other > id);

  function here(other) {
    if (away) return elsewhere();
    if (!later(other)) return undefined;
    away = true;
    return tell("state", { state: giveWay(now() - other.at > SLEPT), handed: true });
  }

  const kinds = {
    here,
    state: ({ state, handed }) => (away ? undefined : received(state, Boolean(handed))),
    left: () => (away ? left() : undefined),
  };

  return {
    /** Whether another window has taken over. */
    get away() {
      return away;
    },
    /** Take over from windows that are open already. */
    open: () => tell("here"),
    /** Tell a state that was changed in a window that gave way. */
    pass: (state) => tell("state", { state }),
    /** This window is going away. */
    close: () => (away ? undefined : tell("left")),
    hear(message) {
      if (message.id !== id && ours(message)) kinds[message.kind]?.(message);
    },
  };
}
