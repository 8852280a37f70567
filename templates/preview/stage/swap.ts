// Puts what has changed into the course as it runs: no reload, no visit that ends.

import { LOGOS } from "./logos.js";
import { keepPlace, restore } from "./place.js";

/** @import {Change, PlayerWindow} from "./types" */

/** Pages at once; for more a reload is quicker. */
const MOST = 40;
/** How often, and after how many ms each, the player is asked whether all of it is there. */
const TRIES = 60;
const PAUSE = 50;
/** @type {WeakMap<Document, Map<string, string | null>>} */
const NEWEST = new WeakMap();

/**
 * Gives whether all of it could be swapped. A page on view is shown anew, at the same place.
 *
 * @param {Window} course
 * @param {Change} change
 * @param {string | null} search The file with the search index.
 */
export async function swap(course, change, search) {
  if (change.pages.length > MOST) return false;
  const { document, scormBuilder } = /** @type {PlayerWindow} */ (course);
  await swapStyles(document, change);
  const newest = keepNewest(/** @type {PlayerWindow} */ (course));
  for (const { id, src, data } of change.pages) {
    newest.set(id, src);
    if (src) await insert(document, src);
    else scormBuilder.add("page", id, data);
  }
  const place = keepPlace(course);
  // Whoever has gone on since the change came may be on a page that it changes.
  if (change.pages.some(({ id }) => id === place.page)) {
    const player = await whole(/** @type {PlayerWindow} */ (course));
    if (!player.again) return false;
    await player.again();
    restore(course, place);
  }
  // Of a long course it is large, and nobody waits for it.
  if (search && change.pages.length) await insert(document, search);
  return true;
}

/**
 * The script that each page is from, null for one that came without: what was asked for before may
 * come later, and must not take its place.
 *
 * @param {PlayerWindow} course
 */
function keepNewest({ document, scormBuilder }) {
  const known = NEWEST.get(document);
  if (known) return known;
  /** @type {Map<string, string | null>} */
  const newest = new Map();
  NEWEST.set(document, newest);
  const { add } = scormBuilder;
  scormBuilder.add = (kind, id, data) => {
    const from = document.currentScript?.getAttribute("src") ?? null;
    if (kind !== "page" || !newest.has(id) || newest.get(id) === from) add(kind, id, data);
  };
  return newest;
}

/** @param {Document} document @param {Change} change */
async function swapStyles(document, { style, sheet, logo }) {
  const inline = document.querySelector("style");
  if (style !== null && inline) inline.textContent = style;
  for (const [at, address] of (logo ?? []).entries()) {
    document.querySelector(LOGOS[at].is)?.setAttribute(LOGOS[at].has, address);
  }
  const old = document.getElementById("course-styles");
  if (sheet === null || !old) return;
  // The old styles stay until the new ones are there: the page never stands without.
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = sheet;
  const there = new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
  });
  old.after(link);
  await there;
  old.remove();
  link.id = "course-styles";
}

/** @param {Document} document @param {string} src */
function insert(document, src) {
  const script = document.createElement("script");
  script.src = src;
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(Error(`${src} did not load`));
    document.head.append(script);
  }).finally(() => script.remove());
}

/** The player, once what stands round the pages is there. @param {PlayerWindow} course */
async function whole({ scormBuilder }) {
  for (let tries = 0; !scormBuilder.again && tries < TRIES; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return scormBuilder;
}
