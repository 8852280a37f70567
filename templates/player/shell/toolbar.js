// The buttons in the bar and the footer, and what each opens.

import { createAbout } from "./about.js";
import { createContents } from "./contents.js";
import { button } from "../dom/element.js";
import { pageStatus } from "../state/progress.js";
import { createSearchButton } from "./search-button.js";

const byId = (id) => document.getElementById(id);

/**
 * Contents, search, About and comments, of `page` of visit.js. `explain(notice, src)` adds why a
 * file could not be loaded. Gives the `views` by their addresses, and `close()` for what is open.
 */
export function mountTools(page, explain) {
  const { shown, course, outline, chunks, store, link, locked, navigation, notices, say, guard } =
    page;
  const back = ({ id, title }) => button(say("back", { title }), () => navigation.go(id));
  const contents = createContents({
    toggle: byId("contents-button"),
    nav: byId("contents"),
    outline,
    status: (page) => say(pageStatus(page, store.state)),
    locked,
    current: () => navigation.current,
  });
  store.subscribe(() => guard("contents", contents.refresh));
  const search = shown.search ? startSearch() : null;
  const about = createAbout({
    toggle: byId("about-button"),
    view: shown.about,
    digest: course.digest,
    navigation,
    back,
  });
  if (shown.comments) byId("comment-button").onclick = () => (location.hash = "#comments");

  function startSearch() {
    const made = createSearchButton({
      toggle: byId("search-button"),
      panel: byId("search"),
      load: loadSearch,
      opened: contents.close,
      failed: (error) => {
        if (error)
          explain(notices.show("search", say("search_failed"), { alert: true }), error.src);
        else notices.hide("search");
      },
    });
    byId("contents-button").addEventListener("click", () => made.close());
    return made;
  }

  async function loadSearch() {
    const [mountSearch, index] = (await chunks.loadAll(shown.search)).slice(-2);
    say.add(index.text);
    return (given) => mountSearch({ ...given, index, entries: outline.pages, locked, say });
  }

  // The view comes with its first use.
  async function comment(before) {
    try {
      const [{ text }] = await chunks.loadAll(shown.comments);
      say.add(text);
      notices.hide("comments");
      if (location.hash !== "#comments") return;
      const commentForm = chunks.arrived("part", "shell-comments");
      navigation.view(
        ...commentForm({
          link,
          say,
          today: new Date().toLocaleDateString("sv"),
          back: back(before),
        }),
      );
    } catch (error) {
      const actions = [[say("retry"), () => comment(before)]];
      explain(
        notices.show("comments", say("comments_failed"), { alert: true, actions }),
        error.src,
      );
    }
  }

  return {
    views: { "#about": about, ...(shown.comments && { "#comments": comment }) },
    close() {
      contents.close();
      search?.close();
    },
  };
}
