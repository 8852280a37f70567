// What differs between the course that is open and the author's files, read off its launch page.

import { LOGOS } from "./logos.ts";

/** The parts of an outline that are looked at. */
export interface OutlineData {
  pages: { id: string; src: string | null }[];
}

/** A launch page, taken apart. */
export interface Edition {
  digest: string;
  outline: OutlineData;
  first: { id: string; data: string; html: string };
  style: string;
  /** The address of the course's own styles, "" for none. */
  sheet: string;
  /** The address of each logo (logos.ts), "" for one that there is not. */
  logo: string[];
  /** What the player is told of the course. */
  about: string;
  /** What stands round the pages. */
  rest: string;
}

/** A page that has changed: its script, or its data where it comes with the course. */
export interface PageChange {
  id: string;
  src: string | null;
  data: object | null;
}

/** What has changed; null for what has not. */
export interface Change {
  /** Whether the course has to be opened again. */
  structure: boolean;
  pages: PageChange[];
  style: string | null;
  sheet: string | null;
  logo: string[] | null;
}

const FILE = "index.html";
/** What says of two editions that they differ, and nothing of how. */
const ALWAYS = ["digest", "visit", "outline", "rest"];
const OUTLINE = 'scormBuilder.add("outline"';

export function createEditions() {
  let open: Edition | null = null;
  let folder = "";

  return {
    /** Begin with the course in `opened`; false where the files are of another edition already. */
    async begin(opened: Document) {
      folder = new URL(".", opened.location.href).href;
      open = await read(folder);
      return open.digest === digestOf(opened);
    },
    /** What has changed since the last time; null for nothing. */
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
  // What is left is what stands round the pages, and the cover.
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

/** A file of the package; throws where it is refused or gone. */
async function textOf(address: string) {
  const reply = await fetch(address);
  if (!reply.ok) throw Error(`${address}: ${reply.status}`);
  return reply.text();
}

const without = (data: object) =>
  JSON.stringify(data, (name, value) => (ALWAYS.includes(name) ? undefined : value));

/** The whole outline, which stands behind other scripts. */
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

/** The outline but for where its pages are. */
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
