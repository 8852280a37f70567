// The search: a field, how many pages were found, and these pages.

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

/** The means that the panel of the search gets. */
export interface SearchGiven {
  place: HTMLElement;
  /** The chunk of builder/package/render/search.py. */
  index: SearchIndex;
  /** The outline's pages. */
  entries: Page[];
  /** Why a page is not open, else null. */
  locked(page: Page): string | null;
  say: Say;
  /** Called when a trainee follows a result. */
  close(): void;
}

const TYPING_PAUSE = 700;
const MOST = 30;

/** Fills the panel of the search. */
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
    results.replaceChildren(...hits.slice(0, MOST).map((hit) => entryOf(hit, words ?? [], given)));
    status.textContent = told();

    function told() {
      if (!words) return say("search_short");
      if (!hits.length) return say("search_none", { words: field.value.trim() });
      const more = hits.length > MOST ? ` ${say("search_first", { n: MOST })}` : "";
      return say.count("search_found", hits.length) + more;
    }
  }

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
  const title = runs(page.title, words);
  const why = locked(page);
  if (why) return el("li", {}, el("span", {}, ...title), el("p", {}, why));
  const heading = paragraph?.heading ? `/${encodeURIComponent(paragraph.heading)}` : "";
  return el(
    "li",
    {},
    el("a", { href: `#/${page.id}${heading}`, onclick: close }, ...title),
    paragraph && el("p", {}, ...runs(snippet(paragraph.text, words), words)),
  );
}

const runs = (text: string, words: string[]) =>
  marked(text, words).map(([run, hit]) => (hit ? el("mark", {}, run) : run));
