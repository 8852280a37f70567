// The pages: their data, their components, and what is told of them.

import { el } from "../dom/element.ts";
import { createResult } from "../lms/status-and-score.ts";
import { articleIn } from "../shell/article.ts";
import { createNavigation, type Navigation } from "../shell/navigation.ts";
import { showRetry } from "../shell/retry-notice.ts";
import { hasChanged } from "../state/edits.ts";
import { byId } from "./by-id.ts";
import { mountComponents, type Given } from "./components.ts";
import { coverOf } from "./first-view.ts";
import { behaviourOf, chunks, components } from "./registry.ts";
import { whenIdle } from "./when-idle.ts";
import type { BehaviourOf } from "../state/behaviour.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Locks } from "../state/locks.ts";
import type { LoadedPage, PageData } from "../state/page-data.ts";
import type { Arrival } from "./arrival.ts";
import type { Chunks, LoadError } from "./chunks.ts";
import type { VisitParts } from "./visit.ts";

/** The files of the package, the pages' data and the questions' behaviours. */
export interface Content {
  chunks: Chunks;
  /** A page's data, once the parts of the player and the styles that it needs are there. */
  load(page: Page): Promise<LoadedPage>;
  /** The data of a page, undefined where it has not arrived. */
  dataOf(page: Page): LoadedPage | undefined;
  behaviourOf: BehaviourOf;
}

/** The pages on view. */
export interface Pages {
  navigation: Navigation;
  /** Why a page is not open, else null. */
  locked(page: Page): string | null;
  /** Takes away the choice to go on. */
  resumed(): void;
  /** Lets the page on view put away what it holds back. */
  settle(): void;
  /** All pages are known, and which of them are locked. */
  complete(locks: Locks | null): void;
}

/**
 * The data of pages; the `first` one comes with the course, and its HTML is on view, where there is
 * no cover.
 */
export function createContent(first: LoadedPage | null): Content {
  if (first) {
    const article = articleIn(byId("main"));
    first.html = article.innerHTML;
    chunks.add("page", article.dataset.page as string, first);
  }
  return {
    behaviourOf,
    chunks,
    dataOf: ({ id }) => chunks.arrived("page", id) as LoadedPage | undefined,
    async load({ id, src }) {
      const data = (await chunks.load("page", id, src as string)) as LoadedPage;
      await chunks.loadAll(data.parts);
      return data;
    },
  };
}

/** What the components of a page are given. */
function givenTo(
  { course, work, visit, view: { say, guard } }: VisitParts,
  locked: Pages["locked"],
  entry: Page,
  data: PageData,
): Given {
  const { link } = visit;
  const given: Given = {
    ...course,
    ...work,
    entry,
    data: data as LoadedPage,
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

/** Says that a page cannot be loaded, until it could. */
function tellFailed(
  parts: VisitParts,
  arrival: Arrival,
  retry: (() => void) | null,
  error?: LoadError,
  page: { title: string } = parts.course,
) {
  const { visit, view } = parts;
  if (!retry) return view.notices.hide("page");
  visit.saving.save();
  const { src } = error ?? ({} as LoadError);
  const words = view.say("page_failed", { title: page.title });
  const notice = showRetry(view, "page", words, retry);
  if (src) arrival.there?.explain(notice, src);
}

/** Waits for the whole list of pages; throws where it cannot be had. */
async function whole(outline: Outline, arrival: Arrival) {
  if (outline.partial) await arrival.begin();
  if (outline.partial) throw Error("the list of pages did not load");
}

/** A quiz and a record count with others: these have to be known. */
async function load({ course, content }: VisitParts, arrival: Arrival, entry: Page) {
  if (entry.kind !== "page") await whole(course.outline, arrival);
  return content.load(entry);
}

/**
 * Notes that a page is on view, and says in it whether it is to be read again by those who have
 * `read` what they have.
 */
function visited(
  { work: { store, resuming }, view: { say } }: VisitParts,
  { key, former }: Page,
  article: HTMLElement,
  read: Set<string>,
) {
  const { state } = store;
  // A quiz that is to be taken again says so itself.
  if (hasChanged(key, former, read) && !hasChanged(key, former, state.quizzes)) {
    const heading = article.querySelector("h1") as HTMLElement;
    heading.after(el("p", { class: "notice" }, say("page_changed")));
  }
  store.change(() => {
    state.visited.add(key);
    // The choice to go on where the trainee was is still to come, or to be made.
    if (!resuming.page && !resuming.open) state.bookmark = key;
  });
}

/** The next page is fetched ahead of need, but not ahead of this one. */
function fetchNext(content: Content, next?: Page) {
  if (next) whenIdle(() => content.load(next).catch(() => {}));
}

interface Now {
  settle(): void;
  locks: Locks | null;
  /** The page that was shown last. */
  last: Page | null;
  /** A page that was on view before all pages were known. */
  early: Page | null;
}

/** Shows the pages and leads from one to another. */
export function createPages(parts: VisitParts, arrival: Arrival): Pages {
  const { course, content, work, view } = parts;
  const { outline } = course;
  const { pages } = outline;
  const { store, resuming } = work;
  const { say, guard } = view;
  const now: Now = { settle() {}, locks: null, last: null, early: null };
  const locked = (page: Page) => now.locks?.reason(page) ?? null;

  function resumed() {
    Object.assign(resuming, { page: null, open: false });
    arrival.there?.resumed();
  }

  function shown(entry: Page, data: PageData, article: HTMLElement) {
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
