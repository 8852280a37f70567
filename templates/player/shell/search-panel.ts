// The search panel: a field, the number of results, and the results.

import { el } from "../dom/element.ts";
import {
  find,
  marked,
  prepare,
  queryWords,
  snippet,
  type Hit,
  type SearchIndex,
} from "./search.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

/** What the search panel needs. */
export interface SearchGiven {
  place: HTMLElement;
  /** The chunk that builder/package/render/search.py writes. */
  index: SearchIndex;
  /** The pages of the outline. */
  entries: Page[];
  /** Why a page is locked; null if it is open. */
  locked(page: Page): string | null;
  say: Say;
  /** Called when the trainee follows a result. */
  close(): void;
}

const TYPING_PAUSE_MS = 700;
const MAX_RESULTS = 30;

export function mountSearch(given: SearchGiven) {
  const { place, index, entries, say } = given;
  const pages = prepare(index.pages, new Map(entries.map((entry) => [entry.id, entry])));
  const { field, form } = createField(say);
  const status = el("p", { role: "status" });
  const results = el("ol");
  let pause: ReturnType<typeof setTimeout> | undefined;
  let shown = "";

  function search() {
    clearTimeout(pause);
    const words = queryWords(field.value);
    shown = field.value;
    const hits = words ? find(pages, words) : [];
    results.replaceChildren(
      ...hits.slice(0, MAX_RESULTS).map((hit) => entryOf(hit, words ?? [], given)),
    );
    status.textContent = summary();

    function summary() {
      if (!words) return say("search_short");
      if (!hits.length) return say("search_none", { words: field.value.trim() });
      const more = hits.length > MAX_RESULTS ? ` ${say("search_first", { n: MAX_RESULTS })}` : "";
      return say.count("search_found", hits.length) + more;
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (field.value !== shown && queryWords(field.value)) search();
    }, TYPING_PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  place.append(form, status, results);
  if (index.cut) form.after(el("p", { class: "hint" }, say("search_cut")));

  return {
    focus() {
      // A page that was locked may have opened since.
      if (results.children.length) search();
      field.focus();
      field.select();
    },
  };
}

function createField(say: SearchGiven["say"]) {
  const field = el("input", {
    type: "text",
    id: "search-words",
    autocomplete: "off",
    enterkeyhint: "search",
  });
  const go = el("button", { type: "submit" }, say("search_go"));
  const form = el(
    "form",
    {},
    el("label", { for: "search-words" }, say("search_label")),
    el("div", { class: "search-row" }, field, go),
  );
  return { field, form };
}

function entryOf({ page, paragraph }: Hit, words: string[], { locked, close }: SearchGiven) {
  const title = markedNodes(page.title, words);
  const why = locked(page);
  const { id, lang } = page;
  if (why) return el("li", {}, el("span", { lang }, ...title), el("p", {}, why));
  const heading = paragraph?.heading ? `/${encodeURIComponent(paragraph.heading)}` : "";
  return el(
    "li",
    {},
    el("a", { lang, href: `#/${id}${heading}`, onclick: close }, ...title),
    paragraph && el("p", {}, ...markedNodes(snippet(paragraph.text, words), words)),
  );
}

const markedNodes = (text: string, words: string[]) =>
  marked(text, words).map(([run, hit]) => (hit ? el("mark", {}, run) : run));
