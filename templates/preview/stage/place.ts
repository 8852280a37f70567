// Where a trainee is on a page: how far down, which blocks are open, what is written and not sent.

/** @import {Place, PlayerWindow} from "./types" */

const KEY = "scorm-builder-preview-place";
/** How long the page may take to come after a reload, in steps of so many ms. */
const STEPS = 60;
const STEP = 50;

/** @param {Window} course */
const article = (course) =>
  /** @type {HTMLElement | null} */ (course.document.querySelector("main article"));
/** @param {Window} course @param {string} selector @returns {HTMLElement[]} */
const within = (course, selector) =>
  [...(article(course)?.querySelectorAll(selector) ?? [])].map(
    (one) => /** @type {HTMLElement} */ (one),
  );
/** @param {HTMLElement} details */
const title = (details) => details.querySelector("summary")?.textContent ?? "";

/** A tab by its words and those over its set: the player numbers tabs anew. @param {Element} tab */
const tabTitle = (tab) =>
  `${tab.closest(".tabs")?.firstElementChild?.textContent}\n${tab.textContent}`;

/** @param {HTMLElement} form */
const questionOf = (form) => form.dataset.question ?? "";

const FIELDS = "input, textarea, select";

/** @param {Window} course @returns {Place} */
export function keepPlace(course) {
  return {
    page: article(course)?.dataset.page ?? "",
    top: course.scrollY,
    open: within(course, "details[open]").map(title),
    tabs: within(course, "[role=tab][aria-selected=true]").map(tabTitle),
    told: within(course, "[data-question]:has(.feedback:not([hidden]))").map(questionOf),
    fields: within(course, FIELDS).map((one) => {
      const field = /** @type {HTMLInputElement} */ (one);
      return { id: field.id, value: field.value, checked: field.checked };
    }),
  };
}

/** @param {Window} course @param {Place} place */
export function restore(course, place) {
  for (const details of within(course, "details")) {
    if (place.open.includes(title(details))) details.setAttribute("open", "");
  }
  for (const tab of within(course, "[role=tab][aria-selected=false]")) {
    if (place.tabs.includes(tabTitle(tab))) tab.click();
  }
  for (const { id, value, checked } of place.fields) {
    const field = /** @type {HTMLInputElement | null} */ (
      id ? course.document.getElementById(id) : null
    );
    if (!field || field.disabled || (field.value === value && field.checked === checked)) continue;
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = checked;
    else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  for (const form of within(course, "[data-question]:has(.feedback[hidden])")) {
    // The player offers the feedback of an earlier answer.
    const recall = /** @type {HTMLElement | null} */ (form.querySelector(".actions > .plain"));
    if (place.told.includes(questionOf(form))) recall?.click();
  }
  course.scrollTo(0, place.top);
}

/** Keeps a place over a reload of this page. @param {Place} place */
export function storePlace(place) {
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** Goes to the place that was kept, if the course comes to its page. @param {Window} course */
export async function restorePlace(course) {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  /** @type {Place} */
  const place = JSON.parse(kept);
  for (let step = 0; step < STEPS; step += 1) {
    const there = article(course)?.dataset.page === place.page;
    const able = /** @type {PlayerWindow} */ (course).scormBuilder?.again;
    if (there && able) return restore(course, place);
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
}
