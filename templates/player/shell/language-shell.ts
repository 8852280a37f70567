// The texts that the launch page has around the view: its links, buttons and labels.

/**
 * Attributes by name; null for one to remove. `text` is the content of the element as text.
 */
type ShellText = Record<string, string | null>;

/** The texts by the CSS selector of their elements. */
export type ShellTexts = Record<string, ShellText>;

const elementsOf = (selector: string): NodeListOf<HTMLElement> =>
  document.querySelectorAll(selector);

export function showShell(texts: ShellTexts) {
  for (const [selector, values] of Object.entries(texts)) {
    for (const element of elementsOf(selector)) {
      for (const [name, value] of Object.entries(values)) {
        if (name === "text") element.textContent = value;
        else if (value === null) element.removeAttribute(name);
        else element.setAttribute(name, value);
      }
    }
  }
}

/** What is on the page now, for the same elements as in `texts`. */
export function readShell(texts: ShellTexts): ShellTexts {
  const found = Object.entries(texts).flatMap(([selector, values]) => {
    const [element] = elementsOf(selector);
    const read = (name: string) =>
      name === "text" ? element.textContent : element.getAttribute(name);
    const names = Object.keys(values);
    return element ? [[selector, Object.fromEntries(names.map((name) => [name, read(name)]))]] : [];
  });
  return Object.fromEntries(found);
}
