// Which of several windows with one course records: the one opened last. Pure; other-windows.ts
// connects it.

/** Whose visit a window shows. */
export interface WindowOwner {
  owner: string;
  attempt: string;
  /** Path of the course. */
  path: string;
}

/**
 * A message from one window to the others. Windows of older players send and read the same fields.
 */
export interface WindowMessage extends WindowOwner {
  kind: string;
  /** Id of the sending window. */
  id: string;
  /** Its position in the order of windows. */
  at: number;
  /** When it was opened, in ms since 1970. */
  opened: number;
  /** The encoded state. */
  state?: string;
  /** Whether the state was sent as that window stopped recording. */
  handed?: boolean;
  /** Whether that window had been asleep. */
  slept?: boolean;
}

export interface Windows {
  /** Takes over from windows that are already open. */
  open(): void;
  /** Sends what was done in a window that no longer records. */
  pass(state: string): void;
  /** Tells the others that this window closes. */
  close(): void;
  /** Handles a message. Any page of the LMS's site may send one. */
  hear(message: WindowMessage | null): void;
}

interface WindowsParts {
  post: (message: WindowMessage) => void;
  me: () => WindowOwner;
  id: string;
  now: () => number;
  handOver: (slept: boolean) => string;
  received: (text: string, how: { handed: boolean; slept: boolean }) => void;
  left: () => void;
  elsewhere: () => void;
}

// In ms. An older message waited for a window that was asleep. The sender has recorded meanwhile,
// so this window's state may be older than that of the LMS.
const SLEPT = 5000;

/**
 * `post(message)` sends to the other windows. `me()` returns whose visit this is. `id` is the id of
 * this window; `now()` returns ms since 1970.
 *
 * `handOver(slept)` ends recording in this window and returns the encoded state. `received(text,
 * {handed, slept})` gets the state of another window. In a window that no longer records, `left()`
 * is called when the recording window has closed, and `elsewhere()` when there is one again.
 */
export function createWindows({
  post,
  me,
  id,
  now,
  handOver,
  received,
  left,
  elsewhere,
}: WindowsParts): Windows {
  const opened = now();
  // Position in the order of windows. Not the time, because the clock may be set back.
  let at = opened;
  let away = false;

  // Two launches at the same time may each start an attempt: the path matches. Two activities with
  // one course have different paths.
  const isSameVisit = (other: WindowOwner) => {
    const { owner, attempt, path } = me();
    return other.owner === owner && (other.attempt === attempt || other.path === path);
  };
  const send = (kind: string, more: Partial<WindowMessage> = {}) =>
    post({ kind, id, at, opened, ...me(), ...more });
  const isLater = (other: WindowMessage) => other.at > at || (other.at === at && other.id > id);

  const kinds: Record<string, (other: WindowMessage) => void> = {
    // @ts-expect-error No prototype, because a message may name any kind, even "constructor".
    __proto__: null,
    here(other) {
      if (away) return elsewhere();
      if (!isLater(other)) return send("behind");
      away = true;
      const slept = Math.abs(now() - other.opened) > SLEPT;
      return send("state", { state: handOver(slept), handed: true, slept });
    },
    // This window was opened last, or it would have received the other's “here”.
    behind(other) {
      if (away || !isLater(other)) return undefined;
      at = other.at + 1;
      return send("here");
    },
    state: ({ state = "", handed = false, slept = false }) =>
      away ? undefined : received(state, { handed, slept }),
    left: () => (away ? left() : undefined),
  };

  return {
    open: () => send("here"),
    pass: (state) => send("state", { state }),
    close: () => (away ? undefined : send("left")),
    hear(message) {
      if (!message || !Number.isFinite(message.at) || message.id === id || !isSameVisit(message))
        return;
      kinds[message.kind]?.(message);
    },
  };
}
