// Applies changes to the running course, without a reload or a new visit.

import { LOGOS } from "./logos.ts";
import { keepPlace, restore, type PlayerWindow } from "./place.ts";
import type { Change } from "./editions.ts";

/** Maximum number of changed pages; for more, a reload is faster. */
const MAX_PAGES = 40;
/** How often, and at which interval in ms, to check whether the player is complete. */
const MAX_CHECKS = 60;
const CHECK_MS = 50;
const NEWEST = new WeakMap<Document, Map<string, string | null>>();

/**
 * Returns whether all changes could be applied. A changed page that is on view is shown again at
 * the same place.
 *
 * @param search File of the search index in the source language.
 */
export async function swap(course: Window, change: Change, search: string | null) {
  if (change.pages.length > MAX_PAGES) return false;
  const { document, scormBuilder } = course as PlayerWindow;
  await swapStyles(document, change);
  const newest = keepNewest(course as PlayerWindow);
  for (const src of change.scripts) await insert(document, src);
  for (const { chunk, src, data } of change.pages) {
    newest.set(chunk, src);
    if (src) await insert(document, src);
    else scormBuilder.add("page", chunk, data);
  }
  const place = keepPlace(course);
  // The trainee may have gone to a changed page meanwhile.
  if (change.pages.some(({ chunk }) => chunk === place.page + change.suffix)) {
    const player = await whole(course as PlayerWindow);
    if (!player.again) return false;
    await player.again();
    restore(course, place);
  }
  // Last, because it is large in a long course, and nobody waits for it.
  const indexes = change.pages.some(({ id, chunk }) => id === chunk) ? [search] : [];
  for (const src of [...change.indexes, ...indexes]) if (src) await insert(document, src);
  return true;
}

/**
 * The current script of each page, null for one that came without. A script that was requested
 * earlier but loads later must not replace a newer one.
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
  // The old styles stay until the new ones have loaded, so that the page is never unstyled.
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = sheet;
  const loaded = new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
  });
  old.after(link);
  await loaded;
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

/** The player, once shell-visit has loaded. */
async function whole({ scormBuilder }: PlayerWindow) {
  for (let tries = 0; !scormBuilder.again && tries < MAX_CHECKS; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
  }
  return scormBuilder;
}
