// Where a trainee is on a page: how far down, which blocks are open, what is written and not sent.

/** Where a trainee is on a page. */
export interface Place {
  page: string;
  top: number;
  /** The summaries of what is open. */
  open: string[];
  /** The tabs on view, by their words. */
  tabs: string[];
  /** The questions whose feedback is on view. */
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
/** How long the page may take to come after a reload, in steps of so many ms. */
const STEPS = 60;
const STEP = 50;

const article = (course: Window) =>
  course.document.querySelector("main article") as HTMLElement | null;
const within = (course: Window, selector: string): HTMLElement[] =>
  [...(article(course)?.querySelectorAll(selector) ?? [])].map((one) => one as HTMLElement);
const title = (details: HTMLElement) => details.querySelector("summary")?.textContent ?? "";

/** A tab by its words and those over its set: the player numbers tabs anew. */
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
    // The player offers the feedback of an earlier answer.
    const recall = form.querySelector(".actions > .plain") as HTMLElement | null;
    if (place.told.includes(questionOf(form))) recall?.click();
  }
  course.scrollTo(0, place.top);
}

/** Keeps a place over a reload of this page. */
export function storePlace(place: Place) {
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** Goes to the place that was kept, if the course comes to its page. */
export async function restorePlace(course: Window) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  const place: Place = JSON.parse(kept);
  for (let step = 0; step < STEPS; step += 1) {
    const there = article(course)?.dataset.page === place.page;
    const able = (course as PlayerWindow).scormBuilder?.again;
    if (there && able) return restore(course, place);
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
}
