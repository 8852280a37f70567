// The search: a field, how many pages were found, and these pages.

import { el } from "../dom/element.js";
import { find, marked, prepare, queryWords, snippet } from "./search.js";

/** @import {Hit, Page, Say, SearchIndex} from "../types" */

const TYPING_PAUSE = 700;
const MOST = 30;

/**
 * Fills `place`. `index` is the chunk of builder/render/search.py, `entries` are those of the
 * outline, `locked(page)` says why one is not open, else null. `close()` is called when a trainee
 * follows a result.
 *
 * @param {{place: HTMLElement, index: SearchIndex, entries: Page[], locked: (page: Page) => string | null, say: Say, close: () => void}} parts
 */
export function mountSearch({ place, index, entries, locked, say, close }) {
  const pages = prepare(index.pages, new Map(entries.map((entry) => [entry.id, entry])));
  const field = el("input", {
    type: "text",
    id: "search-words",
    autocomplete: "off",
    enterkeyhint: "search",
  });
  const status = el("p", { role: "status" });
  const results = el("ol");
  const form = el(
    "form",
    {},
    el("label", { for: "search-words" }, say("search_label")),
    el("div", { class: "search-row" }, field, el("button", { type: "submit" }, say("search_go"))),
  );
  let pause = 0;
  let shown = "";

  function search() {
    clearTimeout(pause);
    const words = queryWords(field.value);
    shown = field.value;
    const found = words ? find(pages, words) : [];
    results.replaceChildren(...found.slice(0, MOST).map((hit) => entry(hit, words ?? [])));
    status.textContent = told(words, found.length);
  }

  /**
   * @param {string[] | null} words
   * @param {number} n
   */
  function told(words, n) {
    if (!words) return say("search_short");
    if (!n) return say("search_none", { words: field.value.trim() });
    const more = n > MOST ? ` ${say("search_first", { n: MOST })}` : "";
    return say.count("search_found", n) + more;
  }

  /**
   * @param {Hit} hit
   * @param {string[]} words
   */
  function entry({ page, paragraph }, words) {
    const why = locked(page);
    if (why) return el("li", {}, el("span", {}, ...runs(page.title, words)), el("p", {}, why));
    const heading = paragraph?.heading ? `/${encodeURIComponent(paragraph.heading)}` : "";
    return el(
      "li",
      {},
      el("a", { href: `#/${page.id}${heading}`, onclick: close }, ...runs(page.title, words)),
      paragraph && el("p", {}, ...runs(snippet(paragraph.text, words), words)),
    );
  }

  /**
   * @param {string} text
   * @param {string[]} words
   */
  const runs = (text, words) =>
    marked(text, words).map(([run, hit]) => (hit ? el("mark", {}, run) : run));

  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (field.value !== shown && queryWords(field.value)) search();
    }, TYPING_PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  place.append(form, status, results);
  if (index.cut) form.after(el("p", { class: "hint" }, say("search_cut")));

  return {
    focus() {
      // What is locked may have opened since.
      if (results.children.length) search();
      field.focus();
      field.select();
    },
  };
}
