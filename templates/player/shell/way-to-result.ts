// Links to the result: from the last page to read, and from any page once the course is finished.

import { el } from "../dom/element.ts";
import { END } from "./routes.ts";
import { pagesAhead } from "../state/asked.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Outline, Page } from "../state/course.ts";
import type { State } from "../state/state.ts";

const byId = (id: string) => document.getElementById(id) as HTMLElement;

/**
 * On the last page to read, makes Next lead to the result. On other pages, shows a link once
 * `finished()` returns true.
 */
export function leadToResult(
  outline: Outline,
  state: State,
  { navigation, say }: Pick<SurroundingsParts["view"], "navigation" | "say">,
  finished: () => boolean,
) {
  const isLast = (page: Page) => !pagesAhead(page, outline, state).length;
  const [pager, next] = [byId("pager"), byId("next")];
  const words = el("a", { href: END });
  const link = el("p", { hidden: true }, words);
  pager.prepend(link);
  function offer() {
    const { current } = navigation;
    words.textContent = say("end");
    link.hidden = !current || isLast(current) || !finished();
  }
  function lead() {
    offer();
    const { current } = navigation;
    if (!next.hidden || !current || !isLast(current)) return;
    next.hidden = false;
    next.textContent = say("next", { title: say("end") });
    next.onclick = () => {
      location.hash = END;
    };
  }
  document.addEventListener("player:told", offer);
  // The pager hides the button whenever it updates.
  new MutationObserver(lead).observe(next, { attributeFilter: ["hidden"], childList: true });
  lead();
}
