// Puts what has changed into the course as it runs: no reload, no visit that ends.

import { LOGOS } from "./logos.ts";
import { keepPlace, restore, type PlayerWindow } from "./place.ts";
import type { Change } from "./editions.ts";

/** Pages at once; for more a reload is quicker. */
const MOST = 40;
/** How often, and after how many ms each, the player is asked whether all of it is there. */
const TRIES = 60;
const PAUSE = 50;
const NEWEST = new WeakMap<Document, Map<string, string | null>>();

/**
 * Gives whether all of it could be swapped. A page on view is shown anew, at the same place.
 *
 * @param search The file with the search index.
 */
export async function swap(course: Window, change: Change, search: string | null) {
  if (change.pages.length > MOST) return false;
  const { document, scormBuilder } = course as PlayerWindow;
  await swapStyles(document, change);
  const newest = keepNewest(course as PlayerWindow);
  for (const { id, src, data } of change.pages) {
    newest.set(id, src);
    if (src) await insert(document, src);
    else scormBuilder.add("page", id, data);
  }
  const place = keepPlace(course);
  // Whoever has gone on since the change came may be on a page that it changes.
  if (change.pages.some(({ id }) => id === place.page)) {
    const player = await whole(course as PlayerWindow);
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
 */
function keepNewest({ document, scormBuilder }: PlayerWindow) {
  const known = NEWEST.get(document);
  if (known) return known;
  const newest = new Map<string, string | null>();
  NEWEST.set(document, newest);
  const { add } = scormBuilder;
  scormBuilder.add = (kind, id, data) => {
    const from = document.currentScript?.getAttribute("src") ?? null;
    if (kind !== "page" || !newest.has(id) || newest.get(id) === from) add(kind, id, data);
  };
  return newest;
}

async function swapStyles(document: Document, { style, sheet, logo }: Change) {
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

function insert(document: Document, src: string) {
  const script = document.createElement("script");
  script.src = src;
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(Error(`${src} did not load`));
    document.head.append(script);
  }).finally(() => script.remove());
}

/** The player, once what stands round the pages is there. */
async function whole({ scormBuilder }: PlayerWindow) {
  for (let tries = 0; !scormBuilder.again && tries < TRIES; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return scormBuilder;
}
