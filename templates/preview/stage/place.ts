// Stores and restores the trainee's place on a page: scroll, open blocks, unsent input.

/** The trainee's place on a page. */
export interface Place {
  page: string;
  top: number;
  /** Summaries of open blocks. */
  open: string[];
  /** Labels of selected tabs. */
  tabs: string[];
  /** Ids of questions whose feedback is shown. */
  told: string[];
  fields: { id: string; value: string; checked: boolean }[];
}

export type PlayerWindow = Window & {
  scormBuilder: {
    add(kind: string, id: string, data: unknown): void;
    again?(): Promise<void>;
  };
};

const KEY = "scorm-builder-preview-place";
/** How often, and at which interval in ms, to check for the page after a reload. */
const MAX_CHECKS = 60;
const CHECK_MS = 50;

const article = (course: Window) =>
  course.document.querySelector("main article") as HTMLElement | null;
const within = (course: Window, selector: string): HTMLElement[] =>
  [...(article(course)?.querySelectorAll(selector) ?? [])].map((one) => one as HTMLElement);
const title = (details: HTMLElement) => details.querySelector("summary")?.textContent ?? "";

/** A tab by its label and that of its set, because the player numbers tabs again. */
const tabTitle = (tab: Element) =>
  `${tab.closest(".tabs")?.firstElementChild?.textContent}\n${tab.textContent}`;

const questionOf = (form: HTMLElement) => form.dataset.question ?? "";

const FIELDS = "input, textarea, select";

export function keepPlace(course: Window): Place {
  return {
    page: article(course)?.dataset.page ?? "",
    top: course.scrollY,
    open: within(course, "details[open]").map(title),
    tabs: within(course, "[role=tab][aria-selected=true]").map(tabTitle),
    told: within(course, "[data-question]:has(.feedback:not([hidden]))").map(questionOf),
    fields: within(course, FIELDS).map((one) => {
      const field = one as HTMLInputElement;
      return { id: field.id, value: field.value, checked: field.checked };
    }),
  };
}

export function restore(course: Window, place: Place) {
  for (const details of within(course, "details")) {
    if (place.open.includes(title(details))) details.setAttribute("open", "");
  }
  for (const tab of within(course, "[role=tab][aria-selected=false]")) {
    if (place.tabs.includes(tabTitle(tab))) tab.click();
  }
  for (const { id, value, checked } of place.fields) {
    const field = (id ? course.document.getElementById(id) : null) as HTMLInputElement | null;
    if (!field || field.disabled || (field.value === value && field.checked === checked)) continue;
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = checked;
    else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  for (const form of within(course, "[data-question]:has(.feedback[hidden])")) {
    // The button with which the player shows earlier feedback.
    const recall = form.querySelector(".actions > .plain") as HTMLElement | null;
    if (place.told.includes(questionOf(form))) recall?.click();
  }
  course.scrollTo(0, place.top);
}

/** Stores a place across a reload of this page. */
export function storePlace(place: Place) {
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** Restores the stored place, once the course shows its page. */
export async function restorePlace(course: Window) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  const place: Place = JSON.parse(kept);
  for (let step = 0; step < MAX_CHECKS; step += 1) {
    const there = article(course)?.dataset.page === place.page;
    const able = (course as PlayerWindow).scormBuilder?.again;
    if (there && able) return restore(course, place);
    await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
  }
}
