// The ways to the result: from the last page, and from any other on which the course was finished.

import { el } from "../dom/element.ts";
import { END } from "./routes.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Outline } from "../state/course.ts";

const byId = (id: string) => document.getElementById(id) as HTMLElement;

/**
 * Makes the button to the next page, which the last page has not, lead there. On other pages there
 * is a link, once `finished()` says that the course was finished in this visit.
 */
export function leadToResult(
  { pages }: Outline,
  { navigation, say }: Pick<SurroundingsParts["view"], "navigation" | "say">,
  finished: () => boolean,
) {
  const last = pages[pages.length - 1];
  const [pager, next] = [byId("pager"), byId("next")];
  const link = el("p", { hidden: true }, el("a", { href: END }, say("end")));
  pager.prepend(link);
  function offer() {
    const { current } = navigation;
    link.hidden = !current || current === last || !finished();
  }
  function lead() {
    offer();
    if (!next.hidden || navigation.current !== last) return;
    next.hidden = false;
    next.textContent = say("next", { title: say("end") });
    next.onclick = () => {
      location.hash = END;
    };
  }
  document.addEventListener("player:told", offer);
  // The pager hides it each time that a page is shown, or that one may have opened.
  new MutationObserver(lead).observe(next, { attributeFilter: ["hidden"], childList: true });
  lead();
}
