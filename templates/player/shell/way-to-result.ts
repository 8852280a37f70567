// Links to the result: from the last page, and from any page on which the course is finished.

import { el } from "../dom/element.ts";
import { END } from "./routes.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Outline } from "../state/course.ts";

const byId = (id: string) => document.getElementById(id) as HTMLElement;

/**
 * On the last page, makes Next lead to the result. On other pages, shows a link once `finished()`
 * returns true.
 */
export function leadToResult(
  { pages }: Outline,
  { navigation, say }: Pick<SurroundingsParts["view"], "navigation" | "say">,
  finished: () => boolean,
) {
  const last = pages[pages.length - 1];
  const [pager, next] = [byId("pager"), byId("next")];
  const words = el("a", { href: END });
  const link = el("p", { hidden: true }, words);
  pager.prepend(link);
  function offer() {
    const { current } = navigation;
    words.textContent = say("end");
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
  // The pager hides the button whenever it updates.
  new MutationObserver(lead).observe(next, { attributeFilter: ["hidden"], childList: true });
  lead();
}
