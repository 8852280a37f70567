// The pages: their data, their components, and what is saved about visiting them.

import { el } from "../dom/element.ts";
import { createResult } from "../lms/status-and-score.ts";
import { articleIn } from "../shell/article.ts";
import type { Cover } from "../shell/cover.ts";
import { createNavigation, type Navigation } from "../shell/navigation.ts";
import { showRetry } from "../shell/retry-notice.ts";
import { isRead, pagesAhead } from "../state/asked.ts";
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

/** The files of the package, the data of pages, and the behaviours of question types. */
export interface Content {
  chunks: Chunks;
  /** What the names of the chunks of a translation end with, such as "@pl"; else empty. */
  suffix: string;
  /** Loads a page's data, with the parts and styles that it needs. */
  load(page: Page): Promise<LoadedPage>;
  /** The data of a page; undefined if it has not loaded. */
  dataOf(page: Page): LoadedPage | undefined;
  behaviourOf: BehaviourOf;
}

/** Shows pages. */
export interface Pages {
  navigation: Navigation;
  cover: Cover | null;
  /** Why a page is locked; null if it is open. */
  locked(page: Page): string | null;
  /** Ends the offer to resume. */
  resumed(): void;
  /** Makes the components of the current page store what they hold back. */
  settle(): void;
  /** Call it when the outline is complete. */
  complete(locks: Locks | null): void;
}

/**
 * The data of pages. `first` is the data of the first page, which is in index.html unless there is
 * a cover.
 */
export function createContent(first: LoadedPage | null): Content {
  if (first) {
    const article = articleIn(byId("main"));
    first.html = article.innerHTML;
    chunks.add("page", article.dataset.page as string, first);
  }
  const content: Content = {
    behaviourOf,
    chunks,
    suffix: "",
    dataOf: ({ id }) => chunks.arrived("page", id + content.suffix) as LoadedPage | undefined,
    async load({ id, src }) {
      const data = (await chunks.load("page", id + content.suffix, src as string)) as LoadedPage;
      await chunks.loadAll(data.parts);
      return data;
    },
  };
  return content;
}

/** What the components of a page are given. */
function givenTo(
  { course, work, visit, view: { say, status, guard } }: VisitParts,
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
    status,
    former: course.outline.former,
    course,
    link,
    held: () =>
      visit.saving.reported ??
      (link.known
        ? createResult({ ...course, state: work.store.state, launch: link.launch }).reported
        : {}),
    saved: (ms) =>
      Promise.race([visit.saving.confirmed(), new Promise((end) => setTimeout(end, ms))]),
    mountInside: (element) => mountComponents(element, components, given, guard),
  };
  return given;
}

/** Shows a notice that a page cannot be loaded; hides it if `retry` is null. */
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

/** Waits for the complete outline; throws if it cannot be loaded. */
async function whole(outline: Outline, arrival: Arrival) {
  if (outline.partial) await arrival.begin();
  if (outline.partial) throw Error("the list of pages did not load");
}

/** A quiz or record needs the complete outline, because its result depends on other pages. */
async function load({ course, content }: VisitParts, arrival: Arrival, entry: Page) {
  if (entry.kind !== "page") await whole(course.outline, arrival);
  return content.load(entry);
}

/**
 * Notes the visit to a page, and shows a notice if the page has changed since the trainee visited
 * it. `read` has the keys that the trainee has visited.
 */
function visited(
  { work: { store, resuming }, view: { say } }: VisitParts,
  page: Page,
  article: HTMLElement,
  read: Set<string>,
) {
  const { state } = store;
  const { key, former } = page;
  // A changed quiz shows its own notice.
  if (hasChanged(key, former, read) && !hasChanged(key, former, state.quizzes)) {
    const heading = article.querySelector("h1") as HTMLElement;
    heading.after(el("p", { class: "notice" }, say("page_changed")));
  }
  store.change(() => {
    if (!isRead(page, state)) state.visited.add(key);
    // The bookmark stays until the trainee has decided whether to resume.
    if (!resuming.page && !resuming.open) state.bookmark = key;
  });
}

/** Fetches the next page when the browser is idle. */
function fetchNext(content: Content, next?: Page) {
  if (next) whenIdle(() => content.load(next).catch(() => {}));
}

interface Now {
  settle(): void;
  locks: Locks | null;
  /** The page that was shown last. */
  last: Page | null;
  /** A page that was shown before the outline was complete. */
  early: Page | null;
}

/** Shows the pages, and connects the navigation. */
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
    work.begun = isRead(entry, store.state) ? null : entry;
    visited(parts, entry, article, entry === now.early ? work.earlier.seen : store.state.visited);
    now.early = null;
    say.add(data.text);
    now.settle = mountComponents(article, components, givenTo(parts, locked, entry, data), guard);
    fetchNext(content, pagesAhead(entry, outline, store.state)[0]);
  }

  const cover = coverOf(parts, (id) => navigation.go(id), now, arrival);
  const navigation = createNavigation({
    main: byId("main"),
    cover,
    pager: [byId("previous"), byId("next")],
    progress: byId("progress"),
    outline,
    state: store.state,
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
    cover,
    locked,
    resumed,
    settle: () => now.settle(),
    complete(locks) {
      now.locks = locks;
      navigation.complete(locks);
      // Whether the page has changed is known only now, from the complete outline.
      now.early = now.last;
      if (outline.former) navigation.again();
    },
  };
}
