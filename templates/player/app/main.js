// The composition root: finds the LMS, restores the state, puts the parts together.

import { createArrival } from "./arrival.js";
import { createChunks } from "./chunks.js";
import { mountComponents } from "./components.js";
import { el, focusOn } from "../dom/element.js";
import { carryOver, hasChanged } from "../state/edits.js";
import { createGuard } from "./errors.js";
import { findApi } from "../lms/find-api.js";
import { createInteractions } from "../lms/interactions.js";
import { earlierVisits } from "../keep/earlier-visits.js";
import { watchLeaving } from "../keep/page-end.js";
import { askOwnOrigin, createLine } from "../lms/reachability.js";
import { createLink } from "./lms-link.js";
import { createNavigation } from "../shell/navigation.js";
import { createNotices } from "../shell/notices.js";
import { createOldCopy } from "../keep/old-copy.js";
import * as progress from "../state/progress.js";
import { createResult } from "../lms/status-and-score.js";
import { resumePage } from "../shell/resume.js";
import { createSaveStatus } from "../shell/save-status.js";
import { createSaving } from "../lms/saving.js";
import { decode } from "../state/codec.js";
import { emptyState, newAttempt } from "../state/state.js";
import { createStore } from "../state/store.js";
import { higher, verdict } from "../state/tracking.js";
import { watchUnsaved } from "../keep/unsaved-warning.js";
import { createWords } from "../dom/words.js";

/** @import {Component, Confirmed, CourseData, Given, LoadedPage} from "../types" */
/** @import {Behaviour, LoadError, Notices, ObjectivesPart, Outcome, Outline} from "../types" */
/** @import {Page, PageData, Question, Say, Shown, Status} from "../types" */
/** @import {Surroundings, Timer, VisitParts} from "../types" */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const readJson = (id) => JSON.parse(/** @type {string} */ (byId(id).textContent));
const clock = () => performance.now();
// The next page is fetched ahead of need, but not ahead of this one. Safari has no idle callback.
/** @param {() => void} call */
const whenIdle = (call) => (window.requestIdleCallback ?? ((act) => setTimeout(act, 500)))(call);

// The buttons of what stands round the pages.
const SHELL = "[data-shell]";

const chunks = createChunks();
/** @type {Map<string, Behaviour>} */
const types = new Map();

/** @param {Question} question */
function behaviourOf({ type }) {
  if (!types.has(type)) throw Error(`no script registered the question type ${type}`);
  return /** @type {Behaviour} */ (types.get(type));
}

// Parts of pages: {name, selector, mount} of components.js.
/** @type {Component[]} */
const parts = [];

window.scormBuilder = {
  /**
   * Called by every chunk.
   *
   * @param {string} kind
   * @param {string} id
   * @param {Partial<Component>} data
   */
  add(kind, id, data) {
    if (data.selector) parts.push(/** @type {Component} */ ({ name: id, ...data }));
    chunks.add(kind, id, data);
  },
  /** The registration hook for question types; see questions/choice.js. */
  question(type, behaviour) {
    types.set(type, /** @type {Behaviour} */ (/** @type {unknown} */ (behaviour)));
    chunks.add("part", `question-${type}`, behaviour);
  },
};

async function start() {
  // Whoever left in a hurry has not asked for the course yet (quick-exit.js).
  if (document.documentElement.classList.contains("leaving")) return;
  const {
    course,
    tracking,
    text,
    outline: inline,
    outline_chunk: src,
    visit,
  } = /** @type {CourseData} */ (readJson("course-data"));
  /** @type {LoadedPage} */
  const first = {
    ...readJson("first-page"),
    html: /** @type {HTMLElement} */ (byId("main").querySelector("article")).innerHTML,
  };
  const say = createWords(text, course.language);
  const notices = createNotices(byId("notices"), say("messages"));
  const guard = createGuard(() => notices.show("part", say("part_failed")));

  const copy = createOldCopy();
  /** @param {string} message */
  const log = (message) => console.info(`scorm-builder: ${message}`);
  const link = createLink(() => findApi(window), log, copy.found);
  /** @type {Timer} */
  const timer = (call, ms) => setTimeout(() => link.session.idle(call), ms);
  link.connect();
  const outline = inline ?? (await loadOutline(/** @type {string} */ (src), notices, say));
  const locking = /** @type {typeof import("../state/locks.js") | undefined} */ (
    chunks.arrived("part", "shell-locks")
  );
  locking?.linkLocks(outline);
  const restored = decode(link.launch.state);
  const state = restored ?? emptyState(newAttempt());
  state.status = /** @type {Status} */ (
    higher(/** @type {string} */ (state.status), link.launch.status)
  );
  for (const page of outline.pages) page.former = outline.former?.[page.key];
  carryOver(state, outline);
  const store = createStore(state);

  let settle = () => {};
  let lastPage = /** @type {Page} */ (outline.pages[0]);
  /** @type {Surroundings | null} */
  let shell = null;

  const status = createSaveStatus(byId("save-status"), say);
  const interactions = createInteractions(
    link.launch.interactions,
    () => new Date(),
    state.interactions,
  );
  const placed = window.parent !== window || Boolean(window.opener);
  const expected = placed || link.session.found;
  if (link.launch.recording) record();
  else
    status.tell("off", say(link.known ? "nothing_recorded" : expected ? "connecting" : "no_lms"));
  watchLeaving({ link, settle: () => settle() });
  watchUnsaved({ status, notices, say, retry: () => link.saving?.save(), alone: () => !shell });
  const earlier = earlierVisits(restored, course.edition);
  state.edition = course.edition;
  // Where the trainee may go on: until they have chosen, the bookmark stays.
  const resuming = {
    page: /^#\//.test(location.hash)
      ? null
      : resumePage(outline.pages, state, link.launch.location),
  };

  function record() {
    const { session, launch } = link;
    link.saving = createSaving({
      store,
      session,
      launch,
      outline,
      tracking,
      interactions,
      objectives:
        (launch.credit &&
          /** @type {ObjectivesPart | undefined} */ (chunks.arrived("part", "shell-objectives"))?.({
            session,
            outline,
            state,
            tracking,
            higher,
            verdict,
            measure: progress.measure,
          })) ||
        null,
      known: progress.knownKeys(outline),
      location: () =>
        outline.pages.find(({ key }) => key === state.bookmark)?.id ?? launch.location,
      line: createLine({ online: () => navigator.onLine && link.there, ask: askOwnOrigin }),
      mark: copy.mark,
      /** @param {Outcome} outcome */
      report(outcome) {
        // What is left of a visit that was given up has nothing to say.
        if (link.session !== session) return;
        status.tell(outcome);
        document.dispatchEvent(new Event("player:told"));
      },
      timer,
      clock,
    });
  }

  /**
   * Status and score as the LMS has them, in any kind of visit; {} where nothing is known of it.
   *
   * @returns {Partial<Confirmed>}
   */
  const held = () =>
    link.saving?.reported ??
    (link.known ? createResult({ state, launch: link.launch, outline, tracking }).reported : {});

  /** @param {Page} page */
  const dataOf = ({ id, src }) =>
    /** @type {LoadedPage | undefined} */ (src ? chunks.arrived("page", id) : first);
  /**
   * A page's data, once the parts of the player and the styles that it needs are there.
   *
   * @param {Page} entry
   */
  async function load(entry) {
    const data = /** @type {LoadedPage} */ (
      entry.src ? await chunks.load("page", entry.id, entry.src) : first
    );
    await Promise.all(data.parts.map((part) => chunks.load(...part)));
    return data;
  }
  const locks = locking?.createLocks({ state, say, el, progress }) ?? null;
  /** @param {Page} page */
  const locked = (page) => locks?.reason(page) ?? null;
  const navigation = createNavigation({
    main: byId("main"),
    pager: [byId("previous"), byId("next")],
    progress: byId("progress"),
    bar: /** @type {HTMLElement} */ (document.querySelector(".progress-bar")),
    pages: outline.pages,
    course,
    say,
    locks,
    load,
    shown,
    barred: () => resumed(),
    left: () => settle(),
    failed: pageFailed,
    other,
  });

  async function other() {
    const { hash } = location;
    if (!shell) await begin().catch(() => {});
    if (shell && location.hash === hash) shell.views[hash]?.(lastPage);
  }

  function resumed() {
    resuming.page = null;
    shell?.resumed();
  }

  /**
   * @param {Page} entry
   * @param {PageData} data
   * @param {HTMLElement} article
   */
  function shown(entry, data, article) {
    if (entry !== outline.pages[0]) resumed();
    lastPage = entry;
    // A quiz that is to be taken again says so itself.
    if (
      hasChanged(entry.key, entry.former, state.visited) &&
      !hasChanged(entry.key, entry.former, state.quizzes)
    ) {
      /** @type {HTMLElement} */ (article.querySelector("h1")).after(
        el("p", { class: "notice" }, say("page_changed")),
      );
    }
    store.change(() => {
      state.visited.add(entry.key);
      if (!resuming.page) state.bookmark = entry.key;
    });
    /** @type {Given} */
    const given = {
      entry,
      data: /** @type {LoadedPage} */ (data),
      behaviourOf,
      store,
      interactions,
      outline,
      tracking,
      locked,
      say,
      former: outline.former,
      course,
      link,
      held,
      mountInside: (element) => mountComponents(element, parts, given, guard),
    };
    say.add(data.text);
    settle = mountComponents(article, parts, given, guard);
    const next = outline.pages[outline.pages.indexOf(entry) + 1];
    if (next) whenIdle(() => load(next).catch(() => {}));
  }

  /**
   * @param {(() => void) | null} retry
   * @param {LoadError} [error]
   */
  function pageFailed(retry, { src } = /** @type {LoadError} */ ({})) {
    if (!retry) return notices.hide("page");
    link.saving?.save();
    const notice = notices.show("page", say("page_failed"), {
      alert: true,
      actions: [[say("retry"), retry]],
    });
    if (src) shell?.explain(notice, src);
  }

  store.subscribe(() => guard("navigation", navigation.refresh));

  const begin = createArrival({
    toggles: [
      .../** @type {NodeListOf<HTMLElement>} */ (
        document.querySelectorAll(link.saving ? SHELL : `${SHELL}:not(#exit-button)`)
      ),
    ],
    async load() {
      const shown = /** @type {Shown} */ ((await chunks.loadAll(visit)).pop());
      say.add(shown.text);
      const mountVisit = /** @type {(parts: VisitParts) => Surroundings} */ (
        chunks.arrived("part", "shell-visit")
      );
      shell = mountVisit({
        shown,
        course,
        tracking,
        outline,
        chunks,
        content: { load, dataOf, behaviourOf },
        store,
        interactions,
        locked,
        link,
        copy,
        placed,
        status,
        record,
        earlier,
        resuming,
        resumed,
        navigation,
        notices,
        say,
        guard,
        timer,
        settle: () => settle(),
      });
    },
    failed(retry) {
      if (!retry) return notices.hide("visit");
      // Only this part looks for an LMS that is late.
      if (!link.known && expected) status.tell("off", say("nothing_recorded"));
      return notices.show("visit", say("visit_failed"), { actions: [[say("retry"), retry]] });
    },
    timer,
  });
  const help = byId("help");
  if (help) help.hidden = false;
  /** @type {HTMLElement} */ (document.querySelector(".skip-link")).onclick = (event) => {
    event.preventDefault();
    focusOn(document.querySelector("main h1"));
  };

  navigation.start();
  begin().catch(() => {});
}

/**
 * The list of pages of a long course; asks again for as long as it takes.
 *
 * @param {string} src
 * @param {Notices} notices
 * @param {Say} say
 * @returns {Promise<Outline>}
 */
function loadOutline(src, notices, say) {
  return new Promise((resolve) => {
    const attempt = () =>
      chunks.load("outline", "", src).then(
        (outline) => {
          notices.hide("outline");
          resolve(/** @type {Outline} */ (outline));
        },
        () =>
          notices.show("outline", say("page_failed"), {
            alert: true,
            actions: [[say("retry"), attempt]],
          }),
      );
    attempt();
  });
}

if (document.readyState === "complete") start();
else addEventListener("DOMContentLoaded", start);
