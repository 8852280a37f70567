// Says on a page that it was shown by a test-out, and need not be read.

import { el } from "../dom/element.ts";
import { pageStatus } from "../state/progress.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";
import type { Store } from "../state/store.ts";

export function mountShownByTest(
  heading: Element,
  { entry, store, say }: { entry: Page; store: Store; say: Say },
) {
  if (pageStatus(entry, store.state) === "shown")
    heading.after(el("p", { class: "callout" }, say("shown_by_test")));
  return undefined;
}
