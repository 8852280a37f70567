// Windows in which one course is open more than once: the one opened last records, nobody else.

/** Whose visit a window has. */
export interface WindowOwner {
  owner: string;
  attempt: string;
  /** Where the course was launched. */
  path: string;
}

/** What windows tell each other. */
export interface WindowMessage extends WindowOwner {
  kind: string;
  /** The window's own. */
  id: string;
  /** Its place in the order of windows. */
  at: number;
  /** When it was opened, ms since 1970. */
  opened: number;
  /** A state as text. */
  state?: string;
  /** Whether that was handed over by a window that gave way. */
  handed?: boolean;
  /** Whether that window had slept. */
  slept?: boolean;
}

/** The windows in which one course is open. */
export interface Windows {
  /** Take over from windows that are open already. */
  open(): void;
  /** Tell what was done in a window that gave way. */
  pass(state: string): void;
  /** This window is going away. */
  close(): void;
  /** Anything on the LMS's site may tell anything. */
  hear(message: WindowMessage | null): void;
}

interface WindowsParts {
  post: (message: WindowMessage) => void;
  me: () => WindowOwner;
  id: string;
  now: () => number;
  giveWay: (slept: boolean) => string;
  received: (text: string, how: { handed: boolean; slept: boolean }) => void;
  left: () => void;
  elsewhere: () => void;
}

// A message this old was waiting for a window that slept. The other one has recorded since, so what
// this one holds may be older than what the LMS has.
const SLEPT = 5000;

/**
 * `post(message)` tells the other windows, `hear` of what this gives is to be called with what they
 * tell. `me()` says whose visit this is: `owner`, `attempt` and `path`, where the course was
 * launched. `id` is this window's own, `now()` gives ms since 1970.
 *
 * `giveWay(slept)` ends recording here, because another window has taken over, and gives the state
 * as text. `received(text, {handed, slept})` hears of the state of a window that gave way: `handed`
 * over as it did, having `slept` or not, or what was done in it since. `left()` hears, in a window
 * that gave way, that the other one is closed, `elsewhere()` that there is one again.
 */
export function createWindows({
  post,
  me,
  id,
  now,
  giveWay,
  received,
  left,
  elsewhere,
}: WindowsParts): Windows {
  const opened = now();
  // Its place in the order of windows: not the time, since the clock may be set back between two.
  let at = opened;
  let away = false;

  // Two launches at once may each have begun an attempt of their own; two activities with one
  // course in them are two paths.
  const ours = (other: WindowOwner) => {
    const { owner, attempt, path } = me();
    return other.owner === owner && (other.attempt === attempt || other.path === path);
  };
  const tell = (kind: string, more: Partial<WindowMessage> = {}) =>
    post({ kind, id, at, opened, ...me(), ...more });
  const later = (other: WindowMessage) => other.at > at || (other.at === at && other.id > id);

  const kinds: Record<string, (other: WindowMessage) => void> = {
    // @ts-expect-error A message may name anything, "constructor", too.
    __proto__: null,
    here(other) {
      if (away) return elsewhere();
      if (!later(other)) return tell("behind");
      away = true;
      const slept = Math.abs(now() - other.opened) > SLEPT;
      return tell("state", { state: giveWay(slept), handed: true, slept });
    },
    // This one was opened last, or it would have heard the other's “here” and given way.
    behind(other) {
      if (away || !later(other)) return undefined;
      at = other.at + 1;
      return tell("here");
    },
    state: ({ state = "", handed = false, slept = false }) =>
      away ? undefined : received(state, { handed, slept }),
    left: () => (away ? left() : undefined),
  };

  return {
    /** Take over from windows that are open already. */
    open: () => tell("here"),
    /** Tell what was done in a window that gave way. */
    pass: (state) => tell("state", { state }),
    /** This window is going away. */
    close: () => (away ? undefined : tell("left")),
    /** Anything on the LMS's site may tell anything on this channel. */
    hear(message) {
      if (!message || !Number.isFinite(message.at) || message.id === id || !ours(message)) return;
      kinds[message.kind]?.(message);
    },
  };
}
