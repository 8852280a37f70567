// Loads the interface around the pages (shell-visit) after the first view. Its buttons are shown
// before.

import type { Timer } from "../lms/pace.ts";
import type { Navigation } from "../shell/navigation.ts";
import type { LoadError } from "./chunks.ts";
import type { Surroundings } from "./surroundings.ts";

/** The interface around the pages, which may still be loading. */
export interface Arrival {
  there: Surroundings | null;
  /** Whether it has neither loaded nor failed so far. */
  awaited: boolean;
  /** Called when a button is pressed before the interface has loaded. */
  turned(): void;
  /** Loads it; resolves when that has succeeded or failed. */
  begin(): Promise<void>;
  /** Shows the view of the address, which can lead back to the view before. */
  show(navigation: Pick<Navigation, "before">): Promise<void>;
}

interface ArrivalParts {
  /** Selector of its buttons. */
  buttons: string;
  load: () => Promise<Surroundings>;
  failed: (retry: (() => Promise<void>) | null) => void;
  timer: Timer;
}

// Waits in ms before loading is retried; the last one repeats.
const AGAIN = [2000, 10000, 30000, 60000];

/**
 * A button that is pressed early starts loading, if necessary, and is clicked again once the
 * interface has loaded. `failed(retry)` is called if loading fails, `failed(null)` once it
 * succeeds. Failed loading is retried until it succeeds.
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
      arrival.awaited = false;
      failed(arrival.begin);
      if ((error as LoadError).src) later();
      return;
    }
    arrival.awaited = false;
    failed(null);
    // Not if the trainee has moved on meanwhile.
    if (pressed && document.activeElement === pressed) pressed.click();
  }

  const arrival: Arrival = {
    there: null,
    awaited: true,
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
      // Safari does not focus a button that is clicked.
      toggle.focus();
      pressed = toggle;
      arrival.turned();
      arrival.begin();
    };
  }
  addEventListener("online", () => failures && arrival.begin());
  return arrival;
}
