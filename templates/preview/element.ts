// Creates elements of the author's window.

type Child = Node | string | null | undefined | false;
type Listeners = { [kind: string]: (event: Event) => unknown };
type Given = { on?: Listeners } & { [name: string]: unknown };

/**
 * Creates an element with attributes and children; empty ones are left out. `on` maps events to
 * listeners.
 */
export function el(
  name: string,
  { on = {}, ...given }: Given = {},
  ...children: (Child | Child[])[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [kind, act] of Object.entries(on)) element.addEventListener(kind, act);
  for (const [key, value] of Object.entries(given)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(key, String(value));
  }
  element.append(
    ...children
      .flat()
      .filter((child) => child || child === "")
      .map((child) => child as Node | string),
  );
  return element;
}

/** The element with this id, which must exist. */
export const byId = (id: string) => document.getElementById(id) as HTMLElement;

export const select = (id: string) => byId(id) as HTMLSelectElement;

export const button = (words: string, act: () => unknown, given: Given = {}) =>
  el("button", { type: "button", ...given, on: { click: act } }, words);

/** A section of the panel with a heading. */
export const part = (title: string, ...children: (Child | Child[])[]) =>
  el("section", { class: "part" }, el("h2", {}, title), ...children);

/** A section of the panel with checkboxes. */
export const choices = (title: string, ...children: (Child | Child[])[]) =>
  el("fieldset", { class: "part" }, el("legend", {}, el("h2", {}, title)), ...children);

/** A list of terms and values. */
export const rows = (rows: [string, Child][]) =>
  el(
    "dl",
    {},
    rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value || "–")]),
  );

/** A number with its noun. */
export const count = (number: number, one: string, more: string = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : more}`;

/**
 * Makes an element equal to a fresh one. Equal parts stay, and with them focus and open details.
 */
export function updateElement(old: ChildNode, fresh: ChildNode) {
  if (old.isEqualNode(fresh)) return;
  if (!(old instanceof Element && fresh instanceof Element && old.nodeName === fresh.nodeName))
    return old.replaceWith(fresh);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  for (const [at, child] of after.entries()) {
    if (before[at]) updateElement(before[at], child);
    else old.append(child);
  }
  for (const gone of before.slice(after.length)) gone.remove();
}
