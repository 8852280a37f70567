// Starts a course with translations: offers the languages on the cover, and loads the one that the
// trainee has chosen before. All this is in the first view, so it is small.

import { fillChoice } from "./language-choice.ts";
import type { Arrival } from "../app/arrival.ts";
import type { Pages } from "../app/pages.ts";
import type { Languages, Turning } from "./languages.ts";

/** A language of the course, as the launch page lists it. */
export interface Language {
  /** BCP 47 tag. */
  tag: string;
  /** Its name in itself; its tag if the builder does not know the name. */
  name: string;
  /** The file with what the launch page has in this language; absent for the source language. */
  src?: string;
}

type LaunchParts = Omit<Turning, "view"> & { view: Omit<Turning["view"], keyof Pages> };

/** How the player calls this part. */
export type Launching = typeof launchInLanguage;

// Longest wait for a language in ms, after which the source language is shown.
const PATIENCE_MS = 10000;

/**
 * Turns the course into the language in the trainee's state, and shows the page. If the language
 * does not load, shell-languages tries again once it has loaded.
 */
export async function launchInLanguage(parts: LaunchParts, pages: Pages, arrival: Arrival) {
  const { course, content, work, view, given } = parts;
  const { chunks } = content;
  const languages = given.languages as Language[];
  const { language } = work.store.state;
  course.outline.languages = languages.map(({ tag }) => tag);
  const src = languages.find(({ tag }) => tag === language)?.src;
  fillChoice(languages, async (tag) => {
    await arrival.begin();
    scormBuilder.turn?.(tag);
  });
  if (src) {
    const late = new Promise((resolve) => view.timer(() => resolve(0), PATIENCE_MS));
    const loading = chunks.load("language", language, src);
    const loaded = await Promise.race([loading, late]).catch(() => 0);
    // Meanwhile the trainee may have chosen another one.
    if (loaded && view.say.translation === undefined) {
      const { launchLanguage } = chunks.arrived("part", "shell-languages") as Languages;
      launchLanguage(Object.assign(parts, { view: { ...view, ...pages } }), language);
    }
  }
  document.body.classList.remove("awaits");
}
