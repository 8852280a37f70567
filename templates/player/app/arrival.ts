// What stands round the pages arrives behind the first one; its buttons are there before it.

import type { Timer } from "../lms/pace.ts";
import type { Navigation } from "../shell/navigation.ts";
import type { LoadError } from "./chunks.ts";
import type { Surroundings } from "./surroundings.ts";

/** What stands round the pages, which may still be on its way. */
export interface Arrival {
  there: Surroundings | null;
  /** Hears that a button has been pressed before it is there. */
  turned(): void;
  /** Loads it; a promise of its end. */
  begin(): Promise<void>;
  /** Shows the view of the address, with the way back to what was on view before. */
  show(navigation: Pick<Navigation, "before">): Promise<void>;
}

interface ArrivalParts {
  /** A selector of those. */
  buttons: string;
  load: () => Promise<Surroundings>;
  failed: (retry: (() => Promise<void>) | null) => void;
  timer: Timer;
}

// How long to wait before it is asked for again.
const AGAIN = [2000, 10000, 30000, 60000];

/**
 * A button that is pressed before the surroundings are there loads them again if need be, and is
 * pressed once more when they are there. `failed(retry)` hears that they did not come,
 * `failed(null)` that they did. What could not be loaded is asked for again until it has come.
 */
export function createArrival({ buttons, load, failed, timer }: ArrivalParts): Arrival {
  let pressed: HTMLElement | null = null;
  let coming: Promise<void> | null = null;
  let failures = 0;

  async function arrive() {
    try {
      arrival.there = await load();
    } catch (error) {
      coming = null;
      failed(arrival.begin);
      if ((error as LoadError).src) later();
      return;
    }
    failed(null);
    // A trainee who has gone on meanwhile is not called back.
    if (pressed && document.activeElement === pressed) pressed.click();
  }

  const arrival: Arrival = {
    there: null,
    turned() {},
    begin() {
      coming ??= arrive();
      return coming;
    },
    async show(navigation) {
      const { hash } = location;
      if (!arrival.there) await arrival.begin();
      if (location.hash === hash) arrival.there?.views[hash]?.(navigation.before);
    },
  };

  function later() {
    failures += 1;
    const mine = failures;
    timer(() => mine === failures && arrival.begin(), AGAIN[Math.min(mine, AGAIN.length) - 1]);
  }

  const toggles: NodeListOf<HTMLElement> = document.querySelectorAll(buttons);
  for (const toggle of toggles) {
    toggle.hidden = false;
    toggle.onclick = () => {
      // Safari gives a button that is clicked no focus.
      toggle.focus();
      pressed = toggle;
      arrival.turned();
      arrival.begin();
    };
  }
  addEventListener("online", () => failures && arrival.begin());
  return arrival;
}
