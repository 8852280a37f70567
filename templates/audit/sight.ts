// Reports what a person sees in one frame: its text, and its controls by role and name, without
// assumptions about how the page is made. The audit runs this script in each frame, and calls
// `probe.look()`.

/** A possible control: an input, a link, a list, or any other element. */
type Used = HTMLElement &
  Partial<
    Pick<
      HTMLInputElement,
      "type" | "name" | "value" | "alt" | "placeholder" | "checked" | "readOnly" | "labels"
    >
  > &
  Partial<Pick<HTMLAnchorElement, "origin">> &
  Partial<Pick<HTMLSelectElement, "options" | "selectedIndex">>;

const MAX_TEXT = 20_000;
const MAX_ELEMENTS = 6_000;
const MAX_CONTROLS = 300;
const MAX_NAME = 120;
const USED =
  "a[href],button,input,select,textarea,summary,[role],[onclick],[tabindex],[contenteditable=true]";
const ROLES = /^(button|link|radio|checkbox|switch|option|tab|menuitem|menuitemradio|textbox)$/;
const BUTTONS = ["button", "submit", "reset", "image"];

const words = (text: string | null | undefined): string =>
  (text ?? "").replace(/\s+/g, " ").trim().slice(0, MAX_NAME);

function visible(element: Element) {
  if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
}

function roleOf(element: Used) {
  const given = element.getAttribute("role");
  if (given && ROLES.test(given)) return given === "switch" ? "checkbox" : given;
  const name = element.localName;
  if (name === "button" || name === "summary") return "button";
  if (name === "a" && element.hasAttribute("href")) return "link";
  if (name === "select") return "combobox";
  if (name === "textarea" || element.isContentEditable) return "textbox";
  if (name !== "input") return "";
  const type = element.type ?? "";
  if (BUTTONS.includes(type)) return "button";
  if (["radio", "checkbox"].includes(type)) return type;
  return ["hidden", "file", "color", "range"].includes(type) ? "" : "textbox";
}

function nameOf(element: Used) {
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const by = ids.map((id) => element.ownerDocument.getElementById(id)?.textContent).join(" ");
  const pictures = [...element.querySelectorAll("img[alt],svg title")];
  const drawn = pictures.map((one) => one.getAttribute("alt") ?? one.textContent).join(" ");
  const typed = element.localName === "input" && BUTTONS.includes(element.type ?? "");
  const tries = [
    by,
    element.getAttribute("aria-label"),
    [...(element.labels ?? [])].map((label) => label.textContent).join(" "),
    typed ? element.value || element.alt || element.type : "",
    element.localName === "select" ? "" : element.textContent,
    drawn,
    element.title,
    element.placeholder,
  ];
  return words(tries.find((text) => words(text)));
}

/** The clickable element of a control: itself, or its label if the control is hidden. */
function clickable(element: Used) {
  if (visible(element)) return element;
  return [...(element.labels ?? [])].find(visible) ?? null;
}

const groups: Element[] = [];
function groupOf(element: Used) {
  const set = element.closest("fieldset,[role=radiogroup],[role=group],form");
  const name = element.type === "radio" && element.name ? `radio ${element.name}` : "";
  if (name) return name;
  if (!set) return "";
  if (!groups.includes(set)) groups.push(set);
  return `set ${groups.indexOf(set)}`;
}

// A question and its submit button belong to the smallest element that contains both.
const ASKS =
  "input:not([type=hidden],[type=submit],[type=button]),select,textarea," +
  "[role=radio],[role=checkbox]";
const SENDS = "button,input[type=submit],input[type=button],[role=button]";
const forms: Element[] = [];
function formOf(element: Used) {
  const other = element.matches(ASKS) ? SENDS : ASKS;
  let form: HTMLElement | null = element;
  while (form && form.localName !== "body" && !form.querySelector(other)) form = form.parentElement;
  if (!form) return -1;
  if (!forms.includes(form)) forms.push(form);
  return forms.indexOf(form);
}

const flag = (element: Element, name: string): boolean | null =>
  element.hasAttribute(name) ? element.getAttribute(name) === "true" : null;

function told(element: Used, role: string): object {
  const choosing = ["radio", "checkbox", "option", "menuitemradio"].includes(role);
  const own = element.localName === "input" ? element.checked : null;
  return {
    role,
    name: nameOf(element),
    checked: choosing
      ? (own ?? flag(element, "aria-checked") ?? flag(element, "aria-selected") ?? false)
      : null,
    value: element.isContentEditable ? element.textContent : String(element.value ?? ""),
    number: element.type === "number" || ["numeric", "decimal"].includes(element.inputMode),
    day: element.type === "date",
    locked: Boolean(element.readOnly),
    invalid: element.getAttribute("aria-invalid") === "true",
    away: Boolean(
      element.origin && element.localName === "a" && element.origin !== location.origin,
    ),
    disabled: element.matches(":disabled") || flag(element, "aria-disabled") === true,
    expanded: role === "tab" ? flag(element, "aria-selected") : flag(element, "aria-expanded"),
    keyboard:
      element.tabIndex >= 0 ||
      // One of a group has the focus, and arrow keys lead to the others.
      ["radio", "tab", "option", "menuitem", "menuitemradio"].includes(role) ||
      Boolean(element.closest("[tabindex='0'],a[href],button")),
    group: groupOf(element),
    form: formOf(element),
    dialog: Boolean(element.closest("dialog[open],[role=dialog],[role=alertdialog]")),
    aside: Boolean(element.closest("nav,header,footer,[role=navigation],[role=banner]")),
    options:
      element.localName === "select"
        ? [...(element.options ?? [])].map((one) => ({
            name: words(one.textContent),
            empty: !one.value || one.disabled,
          }))
        : [],
    chosen: element.localName === "select" ? element.selectedIndex : -1,
  };
}

/** Whether only a pointer can use the element: it has no role, but a pointer cursor. */
function isPointerOnly(element: Used) {
  if (element.closest("a[href],button,label,summary,[role=button],[role=link]")) return false;
  if (!words(nameOf(element)) || words(element.textContent).length > 60) return false;
  const above = element.parentElement;
  const points = (one: Element): boolean => getComputedStyle(one).cursor === "pointer";
  return points(element) && !(above && points(above) && above.localName !== "body");
}

// What a trainee scrolls: the page, and elements that take up much of it.
function scrollContainers() {
  const room = innerHeight / 3;
  const page = document.scrollingElement;
  const parts = [...document.querySelectorAll("body *")].slice(0, MAX_ELEMENTS).filter((one) => {
    if (one.scrollHeight - one.clientHeight < 9 || one.clientHeight < room) return false;
    return /auto|scroll/.test(getComputedStyle(one).overflowY) && visible(one);
  });
  const hidden = page && getComputedStyle(page).overflowY === "hidden";
  return page && !hidden ? [page, ...parts] : parts;
}

/** Returns what is visible (`told`), and the `elements` that the caller can use. */
export function look() {
  const body = document.body;
  if (!body) {
    const none = { text: "", controls: [], films: 0, drawn: false, pictures: 0, below: false };
    return { elements: [], told: none };
  }
  const elements = [];
  const controls = [];
  const every: NodeListOf<Used> = body.querySelectorAll("*");
  const all = [...every].slice(0, MAX_ELEMENTS);
  for (const element of all) {
    if (controls.length >= MAX_CONTROLS) break;
    const role = element.matches(USED) ? roleOf(element) : "";
    if (!role && !isPointerOnly(element)) continue;
    const place = clickable(element);
    if (!place) continue;
    elements.push([element, place]);
    controls.push(told(element, role));
  }
  const media: NodeListOf<HTMLMediaElement> = document.querySelectorAll("video,audio");
  const films = [...media].filter((one) => visible(one) && !one.ended && !one.loop);
  const room = innerWidth * innerHeight;
  const drawn = [...document.querySelectorAll("canvas,object,embed")].some((one) => {
    const { width, height } = one.getBoundingClientRect();
    return visible(one) && width * height > room / 4;
  });
  const pictures = [...document.querySelectorAll("img,svg,video,canvas,object,embed")].filter(
    (one) => visible(one) && one.getBoundingClientRect().width > 40,
  );
  const heading = [...document.querySelectorAll("h1,h2,h3,[role=heading]")].find(visible);
  // biome-ignore lint/performance/useDomNodeTextContent: innerText leaves out hidden text.
  const text = body.innerText.slice(0, MAX_TEXT);
  return {
    elements,
    told: {
      text,
      heading: words(heading?.textContent),
      controls,
      films: films.length,
      drawn,
      pictures: pictures.length,
      below: scrollContainers().some(
        (one) => one.scrollHeight - one.scrollTop - one.clientHeight > 8,
      ),
    },
  };
}
