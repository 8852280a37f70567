// What differs between the course that is open and the author's files, read off its launch page.

import { LOGOS } from "./logos.js";

/** @import {Change, Edition, OutlineData, PageChange} from "./types" */

const FILE = "index.html";
/** What says of two editions that they differ, and nothing of how. */
const ALWAYS = ["digest", "visit", "outline", "rest"];
const OUTLINE = 'scormBuilder.add("outline"';

export function createEditions() {
  /** @type {Edition | null} */
  let open = null;
  let folder = "";

  return {
    /** Begin with the course in `opened`; false where the files are of another edition already. */
    async begin(/** @type {Document} */ opened) {
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

/** @param {Document} opened */
const dataOf = (opened) => JSON.parse(opened.getElementById("course-data")?.textContent ?? "{}");
/** @param {Document} opened */
const digestOf = (opened) => dataOf(opened).course?.digest;

/** @param {string} folder @returns {Promise<Edition>} */
async function read(folder) {
  const text = await textOf(folder + FILE);
  const page = new DOMParser().parseFromString(text, "text/html");
  const data = dataOf(page);
  const outline = await readOutline(folder + data.rest[2]);
  const article = /** @type {HTMLElement} */ (page.querySelector("main article"));
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

/** A file of the package; throws where it is refused or gone. @param {string} address */
async function textOf(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw Error(`${address}: ${reply.status}`);
  return reply.text();
}

/** @param {object} data */
const without = (data) =>
  JSON.stringify(data, (name, value) => (ALWAYS.includes(name) ? undefined : value));

/** The whole outline, which stands behind other scripts. @param {string} src */
async function readOutline(src) {
  const text = await textOf(src);
  const given = text.slice(text.lastIndexOf(OUTLINE));
  return JSON.parse(`[${given.slice(given.indexOf("(") + 1, given.lastIndexOf(")"))}]`)[2];
}

/** @param {Edition} old @param {Edition} now @returns {Change} */
function compare(old, now) {
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

/** The outline but for where its pages are. @param {OutlineData} outline */
const shape = (outline) =>
  JSON.stringify({ ...outline, pages: outline.pages.map(({ src, ...page }) => page) });

/** @param {Edition} old @param {Edition} now @returns {Iterable<PageChange>} */
function* changedPages(old, now) {
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
