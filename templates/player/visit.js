// What stands round the pages: contents, search, resume, about, exit, and what to know of a visit.

import { createAbout } from "./about.js";
import { answersAsText, touched } from "./answers.js";
import { createContents } from "./contents.js";
import { notSeen } from "./edits.js";
import { button, el } from "./element.js";
import { createExit } from "./exit.js";
import { join } from "./joining.js";
import { tellLate } from "./late.js";
import { isSameRecord, visitNotice } from "./launch.js";
import { watchReturning } from "./leaving.js";
import { askOwnOrigin } from "./line.js";
import { createLost } from "./lost.js";
import { addressOfLms } from "./find-api.js";
import { openForPrint } from "./printing.js";
import { pageStatus } from "./progress.js";
import { createReconnect } from "./reconnect.js";
import { tellWhyGone } from "./reopening.js";
import { resumePage, showResume } from "./resume.js";
import { createSearchButton } from "./search-button.js";
import { copyText } from "./sheet.js";
import { startAgain } from "./state.js";
import { joinTogether } from "./together.js";

const byId = (id) => document.getElementById(id);
const online = () => navigator.onLine;

/**
 * Puts it in place. `shown` is what this part of the package brings: the HTML of the views `about`
 * and `exit`, the chunks of the `search`, null where there is none, and what together.js has to
 * know of the course. `earlier` is what earlierVisits of joining.js knows. `resuming.page` is the
 * page where the trainee may go on, or null; `resumed()` ends that. `record()` starts saving through `link`, where the LMS is there only
 * later. `settle()` lets the page put away what it holds back.
 *
 * Gives `views` by their addresses, which show themselves with the way back to a page, `resumed()`,
 * which takes the choice away, and `explain(notice, src)`, which adds why a file could not be loaded.
 */
export function mountVisit({
  shown, course, tracking, outline, store, earlier, link, placed, record, interactions, navigation, notices, say, guard,
  status, timer, locked, load, loadAll, arrived, dataOf, behaviourOf, settle, resuming, resumed,
}) {
  const { state } = store;
  let searching = null;
  let together = null;
  // What the LMS said of a visit whose LMS is gone, until another one has the same record.
  let former = null;
  // Where the LMS has its window.
  let place = link.known ? addressOfLms() : "";
  let hideResume = () => {};

  function tellOfVisit(earlier) {
    const mode = visitNotice(link.launch);
    if (mode) notices.show("mode", say(mode));
    if (link.launch.state && !earlier.read) notices.show("state", say("state_unreadable"));
    // Without what was late, a report has a gap, and the trainee has lost nothing.
    if (state.lost.length > 1) notices.show("state", say("state_damaged"));
    if (earlier.changed) {
      const pages = notSeen(outline, { ...state, visited: earlier.seen });
      const links = pages.map(({ id, title }) => el("li", {}, el("a", { href: `#/${id}` }, title)));
      const body = links.length ? [el("p", {}, say("not_seen")), el("ul", {}, ...links)] : [];
      notices.show("course", say("course_changed"), { body });
    }
  }

  function offerResume() {
    const { page } = resuming;
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
      failed: (error) => {
        if (error) explain(notices.show("search", say("search_failed"), { alert: true }), error.src);
        else notices.hide("search");
      },
    });
    byId("contents-button").addEventListener("click", () => searching.close());
  }

  const back = (page) => button(say("back", { title: page.title }), () => navigation.go(page.id));
  const about = createAbout({ toggle: byId("about-button"), view: shown.about, digest: course.digest, navigation, back });
  if (shown.comments) {
    byId("comment-button").onclick = () => {
      location.hash = "#comments";
    };
  }

  // The view comes with its first use.
  async function comment(page) {
    try {
      const [{ text }] = await loadAll(shown.comments);
      say.add(text);
      notices.hide("comments");
      if (location.hash !== "#comments") return;
      const commentForm = arrived("part", "shell-comments");
      navigation.view(...commentForm({ link, say, today: new Date().toLocaleDateString("sv"), back: back(page) }));
    } catch (error) {
      explain(notices.show("comments", say("comments_failed"), { alert: true, actions: [[say("retry"), () => comment(page)]] }), error.src);
    }
  }

  function startExit() {
    createExit({
      toggle: byId("exit-button"), view: shown.exit, navigation, notices, say, copy,
      async save() {
        settle();
        const outcome = (await link.saving?.confirmed()) ?? "failed";
        return outcome === "failed" && (await together?.keep()) ? "kept" : outcome;
      },
      close() {
        settle();
        return link.saving?.close();
      },
      closed() {
        contents.close();
        searching?.close();
        status.tell("off", say("nothing_recorded"));
        for (const it of document.querySelectorAll(".bar-row > *, footer > *")) it.hidden = true;
      },
    });
  }

  /** The answers of these keys, of which the LMS is still to be told. */
  function late(keys) {
    const save = () => store.change(() => {});
    tellLate({ keys, pages: outline.pages, state, interactions, load, behaviourOf, save }).catch(console.error);
  }

  /** What a visit that is recorded has. */
  function startSaved() {
    startExit();
    if (interactions.complete && link.session.canFinish) state.late.clear();
    late(state.late);
    if (!together) guard("together", startTogether);
  }

  function startTogether() {
    together = joinTogether({
      course: shown.course, typed: new Set(shown.typed), tracking, outline, store, link, status, notices, say, timer,
      settle, moved,
      away() {
        for (const subject of ["exit", "journal"]) notices.hide(subject);
        hideResume();
        byId("exit-button").hidden = true;
      },
    });
  }

  /** The journal or another window has more of the trainee's work than this visit knew. */
  function moved(bookmark, { news, due }) {
    const { current } = navigation;
    late(due);
    if (current === outline.pages[0] && !/^#\//.test(location.hash)) {
      const page = resumePage(outline.pages, { ...state, bookmark }, "");
      if (page) {
        state.bookmark = bookmark;
        resuming.page = page;
        hideResume();
        guard("resume", offerResume);
      }
    }
    const own = [current?.key, ...Object.values(current?.needs ?? {}).flat()];
    if (own.some((key) => news.has(key))) navigation.again();
  }

  /** The LMS is there after the trainee has begun, or another one in place of one that is gone. */
  function connected() {
    const { current } = navigation;
    const { launch } = link;
    if (former && !isSameRecord(former, launch, state)) return end();
    const stayed = !former && current === outline.pages[0];
    former = null;
    place = addressOfLms();
    const { visits, resume } = join({ store, launch, outline, edition: course.edition, stayed });
    interactions.begin(launch.interactions, state.interactions);
    if (launch.recording) {
      record();
      startSaved();
      link.saving.save();
    } else status.tell("off", say("nothing_recorded"));
    if (current?.needs?.quiz || current?.needs?.record) navigation.again();
    resuming.page = resume;
    tellOfVisit(visits);
    guard("resume", offerResume);
    return undefined;
  }

  /** Whoever the LMS has there now, nothing of this visit is for them. */
  function end() {
    link.session.drop();
    link.launch = former;
    former = null;
    status.tell("off", say("nothing_recorded"));
    notices.show("mode", say("visit_closed"), { alert: true, actions: [copy] });
  }

  // The answers of earlier visits can be copied only where their questions are there.
  function prepareCopy() {
    for (const page of outline.pages) if (page.needs && touched(page, state)) load(page).catch(() => {});
  }

  function copyAnswers(notice) {
    const text = answersAsText({
      course, outline, state, behaviourOf, say, learner: (former ?? link.launch).learner, now: new Date(),
      dataOf(page) {
        const data = dataOf(page);
        if (data) say.add(data.text);
        return data;
      },
    });
    const line = notice.querySelector("[role=status]") ?? el("p", { role: "status" });
    if (!line.isConnected) notice.append(line);
    copyText(text, line, say);
  }

  const copy = [say("copy_answers"), copyAnswers];
  const explain = (notice, src) => tellWhyGone({
    notice, src, online, say,
    leave() {
      settle();
      link.saving?.close();
    },
  });

  function reconnect() {
    const attempt = createReconnect({
      link, placed, notices, say, status, timer, copy, prepare: prepareCopy, connected,
    });
    addEventListener("online", attempt);
  }

  createLost({
    link, status, notices, say, timer, online, copy, ask: askOwnOrigin, prepare: prepareCopy,
    kept: () => Boolean(together?.kept()),
    moved: () => link.moved && addressOfLms() === place,
    renew() {
      former ??= link.launch;
      link.renew();
      if (link.known) connected();
      else reconnect();
    },
  });
  watchReturning({ link, notices, say, status });
  openForPrint();
  if (link.saving) startSaved();
  if (link.known) tellOfVisit(earlier);
  else reconnect();
  guard("resume", offerResume);
  return { views: { "#about": about, ...(shown.comments && { "#comments": comment }) }, explain, resumed: () => hideResume() };
}
