// What stands round the pages: contents, search, resume, about, exit, and what to know of a visit.

import { createAbout } from "./about.js";
import { createContents } from "./contents.js";
import { notSeen } from "./edits.js";
import { createExit } from "./exit.js";
import { visitNotice } from "./launch.js";
import { watchReturning } from "./leaving.js";
import { openForPrint } from "./printing.js";
import { pageStatus } from "./progress.js";
import { showResume } from "./resume.js";
import { createSearchButton } from "./search-button.js";
import { startAgain } from "./state.js";

const byId = (id) => document.getElementById(id);

/**
 * Puts it in place. `shown` is what this part of the package brings: the HTML of the views `about`
 * and `exit`, and the chunks of the `search`, null where there is none. `earlier` is what is known
 * of earlier visits: whether a state was `read`, whether the course has `changed` since, and the
 * pages `seen`. `resuming()` gives the page where the trainee may go on, or null; `resumed()` ends
 * that. `saving` is null in a visit that is not recorded. `settle()` lets the page put away what it
 * holds back.
 *
 * Gives `about(page)`, which shows that view with the way back to a page, and `resumed()`, which
 * takes the choice away.
 */
export function mountVisit({
  shown, course, outline, store, earlier, session, launch, saving, navigation, notices, say, guard, tell,
  locked, loadAll, settle, resuming, resumed,
}) {
  const { state } = store;
  let searching = null;
  let hideResume = () => {};

  function tellOfVisit() {
    const mode = visitNotice(session, launch);
    if (mode) notices.show("mode", say(mode));
    if (launch.state && !earlier.read) notices.show("state", say("state_unreadable"));
    // Without what was late, a report has a gap, and the trainee has lost nothing.
    if (state.lost.length > 1) notices.show("state", say("state_damaged"));
    if (earlier.changed) {
      const pages = notSeen(outline, { ...state, visited: earlier.seen });
      notices.show("course", say("course_changed"), { more: say("not_seen"), pages });
    }
  }

  function offerResume() {
    const page = resuming();
    if (!page) return;
    hideResume = showResume({
      place: byId("notices"), page, say,
      resume: () => navigation.go(page.id),
      restart() {
        resumed();
        store.change(startAgain);
        navigation.restart();
      },
    });
  }

  const contents = createContents({
    toggle: byId("contents-button"),
    nav: byId("contents"),
    outline,
    status: (page) => say(pageStatus(page, state)),
    locked,
    current: () => navigation.current,
  });
  store.subscribe(() => guard("contents", contents.refresh));

  async function loadSearch() {
    const [mountSearch, index] = (await loadAll(shown.search)).slice(-2);
    say.add(index.text);
    return (given) => mountSearch({ ...given, index, entries: outline.pages, locked, say });
  }

  if (shown.search) {
    searching = createSearchButton({
      toggle: byId("search-button"),
      panel: byId("search"),
      load: loadSearch,
      opened: contents.close,
      failed: (yes) => (yes ? notices.show("search", say("search_failed"), { alert: true }) : notices.hide("search")),
    });
    byId("contents-button").addEventListener("click", () => searching.close());
  }

  const about = createAbout({ toggle: byId("about-button"), view: shown.about, digest: course.digest, navigation, say });

  if (saving) {
    createExit({
      toggle: byId("exit-button"), view: shown.exit, navigation, notices, say,
      save() {
        settle();
        return saving.confirmed();
      },
      close() {
        settle();
        return saving.close();
      },
      closed() {
        contents.close();
        searching?.close();
        notices.hide("save");
        for (const it of document.querySelectorAll(".bar-row > *, footer > *")) it.hidden = true;
      },
    });
  }
  watchReturning({ session, notices, say, tell });
  openForPrint();
  tellOfVisit();
  guard("resume", offerResume);
  return { about, resumed: () => hideResume() };
}
