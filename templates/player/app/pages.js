// The pages: their data, their components, and what is told of them.

import { el } from "../dom/element.js";
import { createResult } from "../lms/status-and-score.js";
import { articleIn } from "../shell/article.js";
import { createNavigation } from "../shell/navigation.js";
import { showRetry } from "../shell/retry-notice.js";
import { hasChanged } from "../state/edits.js";
import { byId } from "./by-id.js";
import { mountComponents } from "./components.js";
import { behaviourOf, chunks, components } from "./registry.js";

/** @import {Arrival, Content, Given, LoadError, LoadedPage, Locks, Page} from "../types" */
/** @import {PageData, Pages, VisitParts} from "../types" */

// The next page is fetched ahead of need, but not ahead of this one. Safari has no idle callback.
/** @param {() => void} call */
const whenIdle = (call) => (window.requestIdleCallback ?? ((act) => setTimeout(act, 500)))(call);

/**
 * The data of pages; the `first` one comes with the course, and its HTML is on view.
 *
 * @param {LoadedPage} first
 * @returns {Content}
 */
export function createContent(first) {
  const article = articleIn(byId("main"));
  first.html = article.innerHTML;
  chunks.add("page", /** @type {string} */ (article.dataset.page), first);
  return {
    behaviourOf,
    chunks,
    dataOf: ({ id }) => /** @type {LoadedPage | undefined} */ (chunks.arrived("page", id)),
    async load({ id, src }) {
      const data = /** @type {LoadedPage} */ (
        await chunks.load("page", id, /** @type {string} */ (src))
      );
      await chunks.loadAll(data.parts);
      return data;
    },
  };
}

/**
 * What the components of a page are given.
 *
 * @param {VisitParts} parts
 * @param {Pages["locked"]} locked
 * @param {Page} entry
 * @param {PageData} data
 * @returns {Given}
 */
function givenTo({ course, work, visit, view: { say, guard } }, locked, entry, data) {
  const { link } = visit;
  /** @type {Given} */
  const given = {
    ...course,
    ...work,
    entry,
    data: /** @type {LoadedPage} */ (data),
    behaviourOf,
    locked,
    say,
    former: course.outline.former,
    course,
    link,
    held: () =>
      visit.saving.reported ??
      (link.known
        ? createResult({ ...course, state: work.store.state, launch: link.launch }).reported
        : {}),
    mountInside: (element) => mountComponents(element, components, given, guard),
  };
  return given;
}

/**
 * Says that a page cannot be loaded, until it could.
 *
 * @param {VisitParts} parts
 * @param {Arrival} arrival
 * @param {(() => void) | null} retry
 * @param {LoadError} [error]
 */
function tellFailed({ visit, view }, arrival, retry, { src } = /** @type {LoadError} */ ({})) {
  if (!retry) return view.notices.hide("page");
  visit.saving.save();
  const notice = showRetry(view, "page", "page_failed", retry);
  if (src) arrival.there?.explain(notice, src);
}

/**
 * Shows the pages and leads from one to another.
 *
 * @param {VisitParts} parts
 * @param {Locks | null} locks
 * @param {Arrival} arrival
 * @returns {Pages}
 */
export function createPages(parts, locks, arrival) {
  const { course, content, work, view } = parts;
  const { pages } = course.outline;
  const { store, resuming } = work;
  const { say, guard } = view;
  let settle = () => {};
  let lastPage = /** @type {Page} */ (pages[0]);

  const locked = (/** @type {Page} */ page) => locks?.reason(page) ?? null;

  function resumed() {
    resuming.page = null;
    arrival.there?.resumed();
  }

  /** @param {Page} entry @param {PageData} data @param {HTMLElement} article */
  function shown(entry, data, article) {
    if (entry !== pages[0]) resumed();
    lastPage = entry;
    const { key, former } = entry;
    const { visited, quizzes } = store.state;
    // A quiz that is to be taken again says so itself.
    if (hasChanged(key, former, visited) && !hasChanged(key, former, quizzes)) {
      /** @type {HTMLElement} */ (article.querySelector("h1")).after(
        el("p", { class: "notice" }, say("page_changed")),
      );
    }
    store.change((state) => {
      state.visited.add(key);
      if (!resuming.page) state.bookmark = key;
    });
    say.add(data.text);
    settle = mountComponents(article, components, givenTo(parts, locked, entry, data), guard);
    const next = pages[pages.indexOf(entry) + 1];
    if (next) whenIdle(() => content.load(next).catch(() => {}));
  }

  const navigation = createNavigation({
    main: byId("main"),
    pager: [byId("previous"), byId("next")],
    progress: byId("progress"),
    bar: /** @type {HTMLElement} */ (document.querySelector(".progress-bar")),
    pages,
    course,
    say,
    locks,
    load: content.load,
    shown,
    barred: resumed,
    left: () => settle(),
    failed: (retry, error) => tellFailed(parts, arrival, retry, error),
    other: () => arrival.show(() => lastPage),
  });
  store.subscribe(() => guard("navigation", navigation.refresh));
  return { navigation, locked, resumed, settle: () => settle() };
}
