// Compares the open course with the author's files, by their launch pages.

import { LOGOS } from "./logos.ts";
import { createTranslations, type Translation } from "./translations.ts";

/** The parts of an outline that are compared. */
export interface OutlineData {
  pages: { id: string; src: string | null }[];
}

/** A launch page, split into parts. */
export interface Edition {
  digest: string;
  outline: OutlineData;
  first: { id: string; data: string; html: string };
  style: string;
  /** Address of the course's own styles; "" for none. */
  sheet: string;
  /** Address of each logo (logos.ts); "" for none. */
  logo: string[];
  /** Course data of the player. */
  about: string;
  translations: Translation[];
  /** Everything else: the interface around the pages. */
  rest: string;
}

/** A changed page: its script, or its data if that is in index.html or in a language's file. */
export interface PageChange {
  id: string;
  /** The id of its chunk, which differs between languages. */
  chunk: string;
  src: string | null;
  data: object | null;
}

/** What has changed; null for parts that have not. */
export interface Change {
  /** Whether the course has to be opened again. */
  structure: boolean;
  pages: PageChange[];
  /** What the ids of chunks in the language on view end with; "" in the source language. */
  suffix: string;
  /** Other scripts to load. */
  scripts: string[];
  /** Search indexes to load, which are large. */
  indexes: string[];
  style: string | null;
  sheet: string | null;
  logo: string[] | null;
}

const FILE = "index.html";
/** Fields that differ between any two editions, without telling what has changed. */
const ALWAYS = ["digest", "visit", "outline", "rest", "src"];

export function createEditions() {
  let open: Edition | null = null;
  let folder = "";
  const translations = createTranslations((name) => textOf(folder + name));

  return {
    /**
     * Starts with the course in `opened`. Returns false if the files are already of another
     * edition.
     */
    async begin(opened: Document) {
      translations.begin();
      folder = new URL(".", opened.location.href).href;
      open = await read(folder);
      return open.digest === digestOf(opened);
    },
    /** Notes that the course shows the language with this tag. */
    shows: translations.shows,
    /**
     * What has changed since the last call, and the tag of the language on view with which it was
     * compared; null for nothing.
     *
     * @param onView Resolves to that tag. Called when the files have been read.
     */
    async next(
      onView: () => Promise<string>,
    ): Promise<{ change: Change; language: string } | null> {
      if (!open) return null;
      const now = await read(folder);
      if (now.digest === open.digest) return null;
      const language = await onView();
      const found = compare(open, now);
      const other = await translations.compare(open.translations, now.translations, language);
      open = now;
      const change = {
        ...found,
        structure: found.structure || other.structure,
        pages: [...found.pages, ...other.pages],
        suffix: other.suffix,
        scripts: other.scripts,
        indexes: other.indexes,
      };
      return { change, language };
    },
  };
}

const dataOf = (opened: Document) =>
  JSON.parse(opened.getElementById("course-data")?.textContent ?? "{}");
const digestOf = (opened: Document) => dataOf(opened).course?.digest;

async function read(folder: string): Promise<Edition> {
  const text = await textOf(folder + FILE);
  const page = new DOMParser().parseFromString(text, "text/html");
  const data = dataOf(page);
  const outline = given("outline", await textOf(folder + data.rest[2])) as OutlineData;
  const article = page.querySelector("main article") as HTMLElement;
  const style = page.querySelector("style");
  const edition = {
    digest: data.course.digest,
    outline,
    first: {
      id: article.dataset.page ?? "",
      data: page.getElementById("first-page")?.textContent ?? "",
      html: article.innerHTML,
    },
    style: style?.textContent ?? "",
    sheet: page.getElementById("course-styles")?.getAttribute("href") ?? "",
    logo: LOGOS.map((logo) => page.querySelector(logo.is)?.getAttribute(logo.has) ?? ""),
    about: without(data),
    // The source language has no file.
    translations: (data.languages ?? []).filter(({ src }: Translation) => src),
    rest: "",
  };
  // The rest are the interface around the pages and the cover.
  if (edition.first.id) {
    article.textContent = "";
    page.getElementById("first-page")?.remove();
  }
  if (style) style.textContent = "";
  page.getElementById("course-data")?.remove();
  page.getElementById("course-styles")?.setAttribute("href", "");
  for (const { is, has } of LOGOS) page.querySelector(is)?.setAttribute(has, "");
  return { ...edition, rest: page.documentElement.outerHTML };
}

/** Gets a file of the package; throws if it is refused or missing. */
async function textOf(address: string) {
  const reply = await fetch(address);
  if (!reply.ok) throw Error(`${address}: ${reply.status}`);
  return reply.text();
}

/** Data as text, without what differs between any two editions and what is named. */
export const without = (data: object, ...names: string[]) =>
  JSON.stringify(data, (name, value) =>
    ALWAYS.includes(name) || names.includes(name) ? undefined : value,
  );

/** The data of the chunk of this kind, which comes after other scripts in its file. */
export function given(kind: string, text: string): unknown {
  const last = text.slice(text.lastIndexOf(`scormBuilder.add("${kind}"`));
  return JSON.parse(`[${last.slice(last.indexOf("(") + 1, last.lastIndexOf(")"))}]`)[2];
}

function compare(old: Edition, now: Edition): Omit<Change, "suffix" | "scripts" | "indexes"> {
  return {
    structure:
      old.rest !== now.rest ||
      old.about !== now.about ||
      !old.sheet !== !now.sheet ||
      shape(old.outline) !== shape(now.outline),
    pages: [...changedPages(old, now)],
    style: old.style === now.style ? null : now.style,
    sheet: old.sheet === now.sheet ? null : now.sheet,
    logo: String(old.logo) === String(now.logo) ? null : now.logo,
  };
}

/** The outline without the addresses of its pages. */
export const shape = (outline: OutlineData) =>
  JSON.stringify({ ...outline, pages: outline.pages.map(({ src, ...page }) => page) });

function* changedPages(old: Edition, now: Edition): Iterable<PageChange> {
  const { first } = old;
  if (first.id && (first.html !== now.first.html || first.data !== now.first.data)) {
    yield {
      id: now.first.id,
      chunk: now.first.id,
      src: null,
      data: { ...JSON.parse(now.first.data), html: now.first.html },
    };
  }
  yield* changedScripts(old.outline, now.outline, "");
}

/** The pages with another script. `suffix` ends the ids of their chunks. */
export function* changedScripts(
  old: OutlineData,
  now: OutlineData,
  suffix: string,
): Iterable<PageChange> {
  const before = new Map(old.pages.map(({ id, src }) => [id, src]));
  for (const { id, src } of now.pages) {
    if (src && before.get(id) !== src) yield { id, chunk: id + suffix, src, data: null };
  }
}
