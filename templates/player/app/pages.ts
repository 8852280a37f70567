// The pages: their data, their components, and what is told of them.

import { el } from "../dom/element.js";
import { createResult } from "../lms/status-and-score.js";
import { articleIn } from "../shell/article.js";
import { createNavigation } from "../shell/navigation.js";
import { showRetry } from "../shell/retry-notice.js";
import { hasChanged } from "../state/edits.js";
import { byId } from "./by-id.js";
import { mountComponents } from "./components.js";
import { coverOf } from "./first-view.js";
import { behaviourOf, chunks, components } from "./registry.js";
import { whenIdle } from "./when-idle.js";

/** @import {Arrival, Content, Given, LoadError, LoadedPage, Locks} from "../types" */
/** @import {Outline, Page, PageData, Pages, VisitParts} from "../types" */

/**
 * The data of pages; the `first` one comes with the course, and its HTML is on view, where there is
 * no cover.
 *
 * @param {LoadedPage | null} first
 * @returns {Content}
 */
export function createContent(first) {
  if (first) {
    const article = articleIn(byId("main"));
    first.html = article.innerHTML;
    chunks.add("page", /** @type {string} */ (article.dataset.page), first);
  }
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
 * @param {{title: string}} [page]
 */
function tellFailed(parts, arrival, retry, error, page = parts.course) {
  const { visit, view } = parts;
  if (!retry) return view.notices.hide("page");
  visit.saving.save();
  const { src } = error ?? /** @type {LoadError} */ ({});
  const words = view.say("page_failed", { title: page.title });
  const notice = showRetry(view, "page", words, retry);
  if (src) arrival.there?.explain(notice, src);
}

/**
 * Waits for the whole list of pages; throws where it cannot be had.
 *
 * @param {Outline} outline
 * @param {Arrival} arrival
 */
async function whole(outline, arrival) {
  if (outline.partial) await arrival.begin();
  if (outline.partial) throw Error("the list of pages did not load");
}

/**
 * A quiz and a record count with others: these have to be known.
 *
 * @param {VisitParts} parts
 * @param {Arrival} arrival
 * @param {Page} entry
 */
async function load({ course, content }, arrival, entry) {
  if (entry.kind !== "page") await whole(course.outline, arrival);
  return content.load(entry);
}

/**
 * Notes that a page is on view, and says in it whether it is to be read again by those who have
 * `read` what they have.
 *
 * @param {VisitParts} parts
 * @param {Page} entry
 * @param {HTMLElement} article
 * @param {Set<string>} read
 */
function visited({ work: { store, resuming }, view: { say } }, { key, former }, article, read) {
  const { state } = store;
  // A quiz that is to be taken again says so itself.
  if (hasChanged(key, former, read) && !hasChanged(key, former, state.quizzes)) {
    const heading = /** @type {HTMLElement} */ (article.querySelector("h1"));
    heading.after(el("p", { class: "notice" }, say("page_changed")));
  }
  store.change(() => {
    state.visited.add(key);
    // The choice to go on where the trainee was is still to come, or to be made.
    if (!resuming.page && !resuming.open) state.bookmark = key;
  });
}

/**
 * The next page is fetched ahead of need, but not ahead of this one.
 *
 * @param {Content} content
 * @param {Page} [next]
 */
function fetchNext(content, next) {
  if (next) whenIdle(() => content.load(next).catch(() => {}));
}

/**
 * Shows the pages and leads from one to another.
 *
 * @param {VisitParts} parts
 * @param {Arrival} arrival
 * @returns {Pages}
 */
export function createPages(parts, arrival) {
  const { course, content, work, view } = parts;
  const { outline } = course;
  const { pages } = outline;
  const { store, resuming } = work;
  const { say, guard } = view;
  /** @type {{settle(): void, locks: Locks | null, last: Page | null, early: Page | null}} */
  const now = { settle() {}, locks: null, last: null, early: null };
  const locked = (/** @type {Page} */ page) => now.locks?.reason(page) ?? null;

  function resumed() {
    Object.assign(resuming, { page: null, open: false });
    arrival.there?.resumed();
  }

  /** @param {Page} entry @param {PageData} data @param {HTMLElement} article */
  function shown(entry, data, article) {
    if (cover || entry !== pages[0]) resumed();
    now.last = entry;
    work.begun = store.state.visited.has(entry.key) ? null : entry;
    visited(parts, entry, article, entry === now.early ? work.earlier.seen : store.state.visited);
    now.early = null;
    say.add(data.text);
    now.settle = mountComponents(article, components, givenTo(parts, locked, entry, data), guard);
    fetchNext(content, pages[pages.indexOf(entry) + 1]);
  }

  const cover = coverOf(parts, (id) => navigation.go(id), now);
  const navigation = createNavigation({
    main: byId("main"),
    cover,
    pager: [byId("previous"), byId("next")],
    progress: byId("progress"),
    outline,
    course,
    say,
    load: (entry) => load(parts, arrival, entry),
    whole: () => whole(outline, arrival),
    shown,
    barred: resumed,
    left: () => now.settle(),
    failed: (retry, error, page) => tellFailed(parts, arrival, retry, error, page),
    other: () => arrival.show(navigation),
    moved: () => arrival.there?.moved(),
  });
  store.subscribe(() => guard("navigation", navigation.refresh));
  return {
    navigation,
    locked,
    resumed,
    settle: () => now.settle(),
    complete(locks) {
      now.locks = locks;
      navigation.complete(locks);
      // Of the page on view, more is known now: also whether it has changed.
      now.early = now.last;
      if (outline.former) navigation.again();
    },
  };
}
