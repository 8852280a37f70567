// Pages that open once something else is done, and the words for it (UX.md 1, "Lesson lock").

/** @import {Gate, Lock, Outline, Page, Say, State} from "../types" */

// So many of the pages to be done first are named with a link; Contents has them all.
const MOST = 10;

/**
 * Give each outline entry that has a lock, or whose module has one, what it `waits` for: gates of
 * progress.js, each with the title of the page or module to be done.
 *
 * @param {Outline} outline
 */
export function linkLocks(outline) {
  const { modules, pages } = outline;
  const members = new Map();
  let at = 0;
  const groups = modules.map(({ title, count, lock }) => ({
    title,
    lock,
    found: pages.slice(at, (at += count)),
  }));
  for (const { title, found } of groups)
    members.set(title, [...(members.get(title) ?? []), ...found]);

  /**
   * @param {string} title
   * @param {Page[]} waited
   * @param {"done" | "passed"} [until]
   * @returns {Gate}
   */
  const gate = (title, waited, until = "done") => ({ title, pages: waited, until });
  /** @param {string[]} ids @param {"done" | "passed"} until */
  const each = (ids, until) =>
    ids
      .flatMap((id) => pages.filter((page) => page.id === id))
      .map((page) => gate(page.title, [page], until));
  /**
   * @param {Lock} [lock]
   * @returns {Gate[]}
   */
  const gates = ({ pages: ids = [], modules: titles = [], passed = [] } = {}) => [
    ...each(ids, "done"),
    ...titles.map((title) => gate(title, members.get(title) ?? [])),
    ...each(passed, "passed"),
  ];
  for (const { lock, found } of groups) {
    const shared = gates(lock);
    for (const page of found) {
      const waits = [...shared, ...gates(page.lock)];
      if (waits.length) page.waits = waits;
    }
  }
  return outline;
}

/**
 * Each function takes an outline entry, and gives null for a page that is open. `el` and `progress`,
 * functions of element.js and progress.js, are given: a first view need not hold them twice.
 *
 * @param {{state: State, say: Say, el: typeof import("../dom/element.js").el, progress: typeof import("./progress.js")}} parts
 */
export function createLocks({
  state,
  say,
  el,
  progress: { gateLost, gateOpen, missing, pageShut },
}) {
  /** @param {Gate[]} gates */
  const named = (gates) => say.list(gates.map(({ title }) => say("lock_title", { title })));

  /**
   * Why the page is not open, in a sentence without its full stop.
   *
   * @param {Page} page
   */
  function reason(page) {
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

  /**
   * What stands in the place of the page: its title, the reason, and the way to what comes first.
   *
   * @param {Page} page
   */
  function view(page) {
    const why = reason(page);
    if (!why) return null;
    const head = [el("h1", {}, page.title), el("p", {}, why)];
    if (pageShut(page, state)) return head;
    const todo = missing(page, state).flatMap((gate) =>
      gate.pages.filter((one) => !gateOpen({ ...gate, pages: [one] }, state)),
    );
    const first = [...new Set(todo)].slice(0, MOST).map(entry);
    return [...head, el("h2", {}, say("lock_first")), el("ul", { class: "lock-first" }, ...first)];
  }

  /** @param {Page} page */
  function entry(page) {
    const why = reason(page);
    const words = why
      ? [page.title, " ", el("span", { class: "contents-status" }, why)]
      : [el("a", { href: `#/${page.id}` }, page.title)];
    return el("li", {}, ...words);
  }

  let ahead = null;

  /** Say before an element why the next page is not open; nothing where it is, or without one. */
  function tellAhead(page, before) {
    const why = page && reason(page);
    if (!why) return ahead?.remove();
    ahead ??= el("p", { id: "locked-next" });
    if (ahead.textContent !== `${page.title} ${why}` || !ahead.isConnected) {
      ahead.replaceChildren(
        el("span", {}, page.title),
        " ",
        el("span", { class: "contents-status" }, why),
      );
      before.before(ahead);
    }
    return undefined;
  }

  return { reason, view, tellAhead };
}
