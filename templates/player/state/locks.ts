// Pages that open once something else is done, and the words for it
// (facts/accessibility.md#round-the-page).

/** @import {Gate, Lock, Locks, Outline, Page, Say, State} from "../types" */
/**
 * @typedef {object} Given
 * @property {State} state
 * @property {Say} say
 * @property {typeof import("../dom/element.js").el} el
 * @property {typeof import("./progress.js")} progress
 */

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
  /** @type {Map<string, Page[]>} */
  const pagesOf = new Map();
  let at = 0;
  const groups = modules.map(({ title, count, lock }) => {
    const members = pages.slice(at, at + count);
    at += count;
    pagesOf.set(title, [...(pagesOf.get(title) ?? []), ...members]);
    return { lock, members };
  });

  /**
   * @param {string} title
   * @param {Page[]} waited
   * @param {"done" | "passed"} [until]
   * @returns {Gate}
   */
  const gate = (title, waited, until = "done") => ({ title, pages: waited, until });
  /**
   * @param {string[]} ids
   * @param {"done" | "passed"} until
   */
  const gatesOf = (ids, until) =>
    ids
      .flatMap((id) => pages.filter((page) => page.id === id))
      .map((page) => gate(page.title, [page], until));
  /**
   * @param {Lock} [lock]
   * @returns {Gate[]}
   */
  const gates = ({ pages: ids = [], modules: titles = [], passed = [] } = {}) => [
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
 * Each function takes an outline entry, and gives null for a page that is open. The functions of
 * element.js and progress.js are given: a first view need not hold them twice.
 *
 * @param {Given} given
 * @returns {Locks}
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
   * A view that stands in for the page: its title, the reason, and the way to what comes first.
   *
   * @param {Page} page
   */
  function view(page) {
    const why = reason(page);
    if (!why) return null;
    const head = [el("h1", {}, page.title), el("p", {}, why)];
    if (pageShut(page, state)) return head;
    const todo = missing(page, state).flatMap((gate) =>
      gate.pages.filter((waited) => !gateOpen({ ...gate, pages: [waited] }, state)),
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

  return { reason, view, tellAhead: createAhead(reason, el) };
}

/**
 * The words between the buttons to other pages.
 *
 * @param {Locks["reason"]} reason
 * @param {Given["el"]} el
 * @returns {Locks["tellAhead"]}
 */
function createAhead(reason, el) {
  /** @type {HTMLElement | null} */
  let ahead = null;
  return (page, before) => {
    const why = page && reason(page);
    if (!why) return ahead?.remove();
    ahead ??= el("p", { id: "locked-next" });
    if (ahead.textContent !== `${page.title} ${why}` || !ahead.isConnected) {
      ahead.replaceChildren(
        el("span", {}, page.title),
        " ",
        el("span", { class: "contents-status" }, why),
      );
      before?.before(ahead);
    }
    return undefined;
  };
}
