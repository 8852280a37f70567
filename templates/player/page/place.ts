// Keeps and restores the trainee's place on a page that is shown again: scroll, open blocks, unsent
// input.

/** The trainee's place on a page. */
export interface Place {
  page: string;
  top: number;
  /** Open blocks. */
  open: string[];
  /** Selected tabs. */
  tabs: string[];
  /** Turned flashcards. */
  turned: string[];
  /** Ids of questions whose feedback is shown. */
  told: string[];
  fields: { id: string; value: string; checked: boolean }[];
}

/** The name of an element that is the same after the page was shown again. */
type NameOf = (element: HTMLElement, at: number) => string;

const article = (course: Window) =>
  course.document.querySelector("main article") as HTMLElement | null;
const within = (course: Window, selector: string): HTMLElement[] =>
  [...(article(course)?.querySelectorAll(selector) ?? [])].map((one) => one as HTMLElement);

/** By its words, in a page that the author is changing. */
export const byWords: NameOf = (element) =>
  element.matches("[role=tab]")
    ? // With those of its set, because the player numbers tabs again.
      `${element.closest(".tabs")?.firstElementChild?.textContent}\n${element.textContent}`
    : ((element.querySelector("summary") ?? element).textContent ?? "");

/** By its position, in a page that is the same in another language. */
export const byPosition: NameOf = (_element, at) => String(at);

/** The id of the question with this feedback; "" in a quiz. */
const questionOf = (feedback: HTMLElement) =>
  feedback.closest("[data-question]")?.getAttribute("data-question") ?? "";

/** The detail of an event by which a field gets the input that it had before. */
export const RESTORED = "restored";

const FIELDS = "input, textarea, select";
const TABS = "[role=tab]";

/** The names of the elements of a kind that are in a state. */
const named = (course: Window, nameOf: NameOf, all: string, state: string) =>
  within(course, all).flatMap((one, at) => (one.matches(state) ? [nameOf(one, at)] : []));

export function keepPlace(course: Window, nameOf: NameOf): Place {
  return {
    page: article(course)?.dataset.page ?? "",
    top: course.scrollY,
    open: named(course, nameOf, "details", "[open]"),
    tabs: named(course, nameOf, TABS, "[aria-selected=true]"),
    turned: named(course, nameOf, ".flashcard", "[data-turned]"),
    told: within(course, ".feedback:not([hidden])").map(questionOf),
    fields: within(course, FIELDS).map((one) => {
      const field = one as HTMLInputElement;
      return { id: field.id, value: field.value, checked: field.checked };
    }),
  };
}

export function restorePlace(course: Window, place: Place, nameOf: NameOf) {
  within(course, "details").forEach((details, at) => {
    details.toggleAttribute("open", place.open.includes(nameOf(details, at)));
  });
  within(course, TABS).forEach((tab, at) => {
    const selected = tab.getAttribute("aria-selected") === "true";
    if (!selected && place.tabs.includes(nameOf(tab, at))) tab.click();
  });
  within(course, ".flashcard").forEach((card, at) => {
    const turn = card.querySelector("button") as HTMLElement | null;
    if (!card.matches("[data-turned]") && place.turned.includes(nameOf(card, at))) turn?.click();
  });
  restoreFields(course, place);
  for (const feedback of within(course, ".feedback[hidden]")) {
    // The button with which the player shows earlier feedback.
    const recall = feedback.closest("form")?.querySelector(".actions > .plain");
    if (place.told.includes(questionOf(feedback))) (recall as HTMLElement | null)?.click();
  }
  course.scrollTo(0, place.top);
}

function restoreFields(course: Window, { fields }: Place) {
  for (const { id, value, checked } of fields) {
    const field = (id ? course.document.getElementById(id) : null) as HTMLInputElement | null;
    if (!field || field.disabled || (field.value === value && field.checked === checked)) continue;
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = checked;
    else field.value = value;
    for (const name of ["input", "change"])
      field.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: RESTORED }));
  }
}
