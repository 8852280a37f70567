// Compares the open course with the author's files, by their launch pages.

import { LOGOS } from "./logos.ts";

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
  /** Everything else: the interface around the pages. */
  rest: string;
}

/** A changed page: its script, or its data if it is in index.html. */
export interface PageChange {
  id: string;
  src: string | null;
  data: object | null;
}

/** What has changed; null for parts that have not. */
export interface Change {
  /** Whether the course has to be opened again. */
  structure: boolean;
  pages: PageChange[];
  style: string | null;
  sheet: string | null;
  logo: string[] | null;
}

const FILE = "index.html";
/** Fields that differ between any two editions, without telling what has changed. */
const ALWAYS = ["digest", "visit", "outline", "rest"];
const OUTLINE = 'scormBuilder.add("outline"';

export function createEditions() {
  let open: Edition | null = null;
  let folder = "";

  return {
    /**
     * Starts with the course in `opened`. Returns false if the files are already of another
     * edition.
     */
    async begin(opened: Document) {
      folder = new URL(".", opened.location.href).href;
      open = await read(folder);
      return open.digest === digestOf(opened);
    },
    /** What has changed since the last call; null for nothing. */
    async next() {
      if (!open) return null;
      const now = await read(folder);
      if (now.digest === open.digest) return null;
      const found = compare(open, now);
      open = now;
      return found;
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
  const outline = await readOutline(folder + data.rest[2]);
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

const without = (data: object) =>
  JSON.stringify(data, (name, value) => (ALWAYS.includes(name) ? undefined : value));

/** Gets the complete outline, which comes after other scripts in its file. */
async function readOutline(src: string) {
  const text = await textOf(src);
  const given = text.slice(text.lastIndexOf(OUTLINE));
  return JSON.parse(`[${given.slice(given.indexOf("(") + 1, given.lastIndexOf(")"))}]`)[2];
}

function compare(old: Edition, now: Edition): Change {
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
const shape = (outline: OutlineData) =>
  JSON.stringify({ ...outline, pages: outline.pages.map(({ src, ...page }) => page) });

function* changedPages(old: Edition, now: Edition): Iterable<PageChange> {
  const { first } = old;
  if (first.id && (first.html !== now.first.html || first.data !== now.first.data)) {
    yield {
      id: now.first.id,
      src: null,
      data: { ...JSON.parse(now.first.data), html: now.first.html },
    };
  }
  const before = new Map(old.outline.pages.map(({ id, src }) => [id, src]));
  for (const { id, src } of now.outline.pages) {
    if (src && before.get(id) !== src) yield { id, src, data: null };
  }
}
