// Turns the course into another language, on the same page and without losing anything.

import { el } from "../dom/element.ts";
import { nextTask } from "../dom/next-task.ts";
import { byPosition, keepPlace, restorePlace } from "../page/place.ts";
import { fillChoice, markChoice, ownName } from "./language-choice.ts";
import { createList } from "./language-list.ts";
import { loadLanguage, readSource, type LoadedLanguage } from "./language-files.ts";
import { showRetry } from "./retry-notice.ts";
import { readRoute } from "./routes.ts";
import { showShell } from "./language-shell.ts";
import type { Say } from "../dom/words.ts";
import type { LoadError } from "../app/chunks.ts";
import type { CourseData, Locking } from "../app/main.ts";
import type { LoadedPage, ChunkName } from "../state/page-data.ts";
import type { Outline } from "../state/course.ts";
import type { State } from "../state/state.ts";
import type { SurroundingsParts, Surroundings } from "../app/surroundings.ts";
import type { Language } from "./language-launch.ts";
import type { ShellTexts } from "./language-shell.ts";

/** What the launch page has in one language. */
export interface LanguageData {
  course: { title: string; language: string; plurals?: string; direction: "ltr" | "rtl" };
  /** Texts of the first view. */
  text: Record<string, string>;
  /** The start of the outline. */
  outline: Outline;
  rest: ChunkName;
  visit: ChunkName[];
  /** HTML; null if the course has no cover. */
  cover: string | null;
  /** The first page, if there is no cover. */
  page: LoadedPage | null;
  shell: ShellTexts;
}

/** What turns a course into another language. */
export type Turning = Omit<SurroundingsParts, "shown" | "given"> & {
  given: Pick<CourseData, "languages" | "rest" | "visit"> & { source?: LanguageData };
};

/** What this part exports. */
export interface Languages {
  launchLanguage: typeof launchLanguage;
  mountLanguages: typeof mountLanguages;
}

const GROUP = ".cover-languages";

/** Puts a language that has loaded in place of the source language, before the first view. */
export function launchLanguage(parts: Turning, tag: string) {
  const data = parts.content.chunks.arrived("language", tag) as LanguageData;
  applyLanguage(parts, tag, data, data.outline);
  fillLaunchPage(data);
}

/** Fills the launch page, which has the source language until the first view is shown. */
function fillLaunchPage({ cover }: LanguageData) {
  const article = document.querySelector("main article") as HTMLElement;
  const group = article.querySelector(GROUP);
  if (cover) article.innerHTML = cover;
  else article.dataset.page = "";
  // The buttons stay, because they may have been pressed.
  const other = article.querySelector(GROUP);
  if (!group || !other) return;
  group.setAttribute("aria-label", other.getAttribute("aria-label") as string);
  other.replaceWith(group);
}

/**
 * Puts the texts of a language in place of the current ones. The view has to be shown again.
 * `outline` is the one of this language, or its start.
 */
function applyLanguage(parts: Turning, tag: string, data: LanguageData, outline: Outline) {
  const { course, content, view, given } = parts;
  const { say, status, cover } = view;
  const { title, language, plurals, direction } = data.course;
  const root = document.documentElement;
  keepNotices(root);
  const source = given.languages?.[0].tag === tag;
  given.source ??= readSource(parts, data.shell);
  Object.assign(root, { lang: language, dir: direction });
  say.translation = source ? "" : tag;
  say.turn({ ...data.text }, language, plurals);
  Object.assign(course, { title, language });
  content.suffix = source ? "" : `@${tag}`;
  Object.assign(given, { rest: data.rest, visit: data.visit });
  translateOutline(course.outline, outline);
  if (cover && data.cover) cover.source = data.cover;
  if (data.page) content.chunks.add("page", course.outline.pages[0].id + content.suffix, data.page);
  showShell(data.shell);
  status.again();
}

/** Puts the titles of `other`, or of its start, into `outline`. Pages stay the same objects. */
function translateOutline(outline: Outline, other: Outline) {
  if (outline.partial || !other.partial) outline.modules = other.modules;
  other.pages.forEach((page, at) => {
    if (outline.pages[at]) Object.assign(outline.pages[at], { lang: undefined }, page);
  });
}

/** Notices that are shown stay, in the language in which they were written. */
function keepNotices({ lang, dir }: HTMLElement) {
  const notices: NodeListOf<HTMLElement> = document.querySelectorAll("#notices > :not([lang])");
  for (const notice of notices) Object.assign(notice, { lang, dir });
}

/**
 * Adds the list of languages. Returns a function to call when another view is shown. `explain` adds
 * to a notice why a file did not load.
 */
export function mountLanguages(parts: Turning, explain: Surroundings["explain"]) {
  const { work, view, given } = parts;
  const { say, notices } = view;
  const { store } = work;
  const languages = given.languages as Language[];
  const announce = createLive();
  const current = () => say.translation || languages[0].tag;
  const list = createList(languages, view.navigation.turn, turn);

  const mark = () => markCurrent(languages, current(), list, say, turn);
  mark();
  function busy(yes: boolean) {
    list.busy(yes);
    announce(yes ? say("language_loading") : "");
  }
  let wanted = "";
  let known = "";
  function keep() {
    // Set, so that the language awaited at launch does not take the place of the choice.
    known = say.translation ??= "";
    const choose = (state: State) => Object.assign(state, { language: known });
    if (store.state.language !== known) store.change(choose);
  }
  async function turn(tag?: string) {
    if (!tag) return;
    wanted = tag;
    notices.hide("language");
    if (tag === current()) return keep();
    const name = nameOf(languages, tag);
    try {
      const loaded = await loadLanguage(parts, tag, busy);
      // The trainee has chosen another one meanwhile.
      if (wanted !== tag) return;
      await show(parts, tag, loaded);
    } catch (error) {
      const words = say("language_failed", { name, current: nameOf(languages, current()) });
      const notice = showRetry(view, "language", words, () => turn(tag));
      return explain(notice, (error as LoadError).src);
    }
    mark();
    announce(say("language_now", { name }));
    keep();
  }

  /** Shows the language in the state; the source language if the course does not have it. */
  function follow() {
    known = store.state.language;
    const { tag } = languages.find((one) => one.tag === known) ?? languages[0];
    if (tag !== current()) turn(tag);
  }

  // The choice of another window, or of an earlier visit that was found late.
  store.subscribe(() => store.state.language !== known && follow());
  window.scormBuilder.turn = turn;
  // It may have failed to load at launch.
  follow();
  return () => {
    if (view.navigation.covered) mark();
  };
}

const nameOf = (languages: Language[], tag: string) =>
  ownName(languages.find((one) => one.tag === tag) as Language);

/** Returns a function that makes screen readers say a text. */
function createLive() {
  const live = el("p", { class: "unseen", role: "status" });
  document.body.append(live);
  return (words: string) => {
    live.textContent = words;
  };
}

/** Marks the language in use in the header and on the cover. */
function markCurrent(
  languages: Language[],
  current: string,
  { panel, label }: ReturnType<typeof createList>,
  say: Say,
  turn: (tag?: string) => void,
) {
  const name = nameOf(languages, current);
  label(say("language_now", { name }), name, current);
  fillChoice(languages, turn);
  const cover = document.querySelector(GROUP);
  for (const group of [panel, cover]) if (group) markChoice(group, languages, current);
}

/** Shows everything in a language that has loaded. */
async function show(parts: Turning, tag: string, { data, rest }: LoadedLanguage) {
  const { course, content, work, view } = parts;
  const { begun } = work;
  const focused = document.activeElement as HTMLElement | null;
  const place = keepPlace(window, byPosition);
  applyLanguage(parts, tag, data, rest);
  // The language of an earlier visit is still awaited (language-launch.ts).
  if (document.body.matches(".awaits")) fillLaunchPage(data);
  view.say.add(rest.text ?? {});
  // The conditions of locks contain titles.
  const locks = content.chunks.arrived("part", "shell-locks") as Locking | undefined;
  locks?.linkLocks(course.outline);
  document.dispatchEvent(new Event("player:turned"));
  await showAgain(view);
  work.begun = begun;
  // Views that load when they are first opened are shown in a later task.
  if (!view.navigation.current) await nextTask();
  restorePlace(window, place, byPosition);
  const again = focused?.isConnected
    ? focused
    : document.querySelector(`${GROUP} [lang="${focused?.lang}"]`);
  (again as HTMLElement | null)?.focus({ preventScroll: true });
}

/** Shows the current view again. What the components of a page hold back stays. */
async function showAgain({ navigation, say }: Turning["view"]) {
  const main = document.getElementById("main") as HTMLElement;
  const article = main.querySelector("article") as HTMLElement;
  const changed = article.querySelector("h1 + .notice");
  say.turning = true;
  await navigation.again();
  if (changed && navigation.current)
    main.querySelector("h1")?.after(el("p", { class: "notice" }, say("page_changed")));
  // A cover that is shown would stay.
  if (navigation.covered) article.classList.remove("cover");
  // Shows what the address names: another view, or a page that was still loading.
  const { current } = navigation;
  if (!current || readRoute(location.hash || `#/${current.id}`)?.page !== current.id)
    dispatchEvent(new Event("hashchange"));
  say.turning = false;
}
