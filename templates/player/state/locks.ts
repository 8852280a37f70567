// Locked pages: why a page is locked, and what opens it (facts/accessibility.md#round-the-page).

import { listInWords, type Say } from "../dom/words.ts";
import type { el } from "../dom/element.ts";
import type { Gate, Lock, Outline, Page } from "./course.ts";
import type { State } from "./state.ts";

export interface Locks {
  /** Why a page is locked; null if it is open. */
  reason(page: Page): string | null;
  /** The view that replaces a locked page; null if it is open. */
  view(page: Page): HTMLElement[] | null;
  /** Shows before an element why the next page is locked; hides that if it is open. */
  tellAhead(page?: Page, before?: HTMLElement): void;
}

interface Given {
  state: State;
  say: Say;
  el: typeof el;
  course: { language: string };
  progress: typeof import("./progress.ts");
}

// Maximum number of pages in the list of what to do first.
const MAX_LISTED = 10;

/** Sets `waits`, the conditions to be met, on each page that has a lock or whose module has one. */
export function linkLocks(outline: Outline) {
  const { modules, pages } = outline;
  const pagesOf = new Map<string, Page[]>();
  let at = 0;
  const groups = modules.map(({ title, count, lock }) => {
    const members = pages.slice(at, at + count);
    at += count;
    pagesOf.set(title, [...(pagesOf.get(title) ?? []), ...members]);
    return { lock, members };
  });

  const gate = (title: string, waited: Page[], until: "done" | "passed" = "done"): Gate => ({
    title,
    pages: waited,
    until,
  });
  const gatesOf = (ids: string[], until: "done" | "passed") =>
    ids
      .flatMap((id) => pages.filter((page) => page.id === id))
      .map((page) => gate(page.title, [page], until));
  const gates = ({ pages: ids = [], modules: titles = [], passed = [] }: Lock = {}): Gate[] => [
    ...gatesOf(ids, "done"),
    ...titles.map((title) => gate(title, pagesOf.get(title) ?? [])),
    ...gatesOf(passed, "passed"),
  ];
  for (const { lock, members } of groups) {
    const shared = gates(lock);
    for (const page of members) {
      const waits = [...shared, ...gates(page.lock)];
      if (waits.length) page.waits = waits;
    }
  }
  return outline;
}

/**
 * The functions of element.ts and progress.ts are passed in, because the first view already
 * contains them.
 */
export function createLocks({
  state,
  say,
  el,
  course,
  progress: { gateLost, gateOpen, missing, pageShut },
}: Given): Locks {
  const titleOf = ({ title }: Gate) => say("lock_title", { title });
  const named = (gates: Gate[]) => listInWords(gates.map(titleOf), course.language);

  /** The reason, as a sentence without its full stop. */
  function reason(page: Page) {
    const gates = missing(page, state);
    if (!gates.length) return null;
    const lost = gates.filter((gate) => gateLost(gate, state));
    if (lost.length) return say("lock_shut", { titles: named(lost) });
    const [done, passed] = ["done", "passed"].map((until) =>
      gates.filter((gate) => gate.until === until),
    );
    if (!passed.length) return say("lock_finish", { titles: named(done) });
    if (!done.length) return say("lock_pass", { quizzes: named(passed) });
    return say("lock_both", { titles: named(done), quizzes: named(passed) });
  }

  /** The page's title, the reason, and links to what has to be done first. */
  function view(page: Page) {
    const why = reason(page);
    if (!why) return null;
    const head = [el("h1", { lang: page.lang }, page.title), el("p", {}, why)];
    if (pageShut(page, state)) return head;
    const todo = missing(page, state).flatMap((gate) =>
      gate.pages.filter((waited) => !gateOpen({ ...gate, pages: [waited] }, state)),
    );
    const first = [...new Set(todo)].slice(0, MAX_LISTED).map(entry);
    return [...head, el("h2", {}, say("lock_first")), el("ul", { class: "lock-first" }, ...first)];
  }

  function entry(page: Page) {
    const { id, title, lang } = page;
    const why = reason(page);
    const words = why
      ? [el("span", { lang }, title), " ", el("span", { class: "contents-status" }, why)]
      : [el("a", { lang, href: `#/${id}` }, title)];
    return el("li", {}, ...words);
  }

  return { reason, view, tellAhead: createAhead(reason, el) };
}

/** Returns `tellAhead`, for the text between the Previous and Next buttons. */
function createAhead(reason: Locks["reason"], el: Given["el"]): Locks["tellAhead"] {
  let notice: HTMLElement | null = null;
  return (page, before) => {
    const why = page && reason(page);
    if (!why) return notice?.remove();
    notice ??= el("p", { id: "locked-next" });
    if (notice.textContent !== `${page.title} ${why}` || !notice.isConnected) {
      notice.replaceChildren(
        el("span", { lang: page.lang }, page.title),
        " ",
        el("span", { class: "contents-status" }, why),
      );
      before?.before(notice);
    }
    return undefined;
  };
}
