// Marks interface texts that are English because the language of the course lacks them, so that
// screen readers pronounce them as English (WCAG 2.2, 3.1.2).

import { el } from "../dom/element.ts";

/** The name of the attribute of elements that were marked. */
const MARKED = "data-english";
const PLACEHOLDER = /\{\w+\}/;
const SENTENCES = /\S.*?(?:[.?!:…](?=\s|$)|$)/gsu;
const LATIN = /\p{Script=Latin}/u;
const OTHER_SCRIPT = /[^\P{L}\p{Script=Latin}]/u;
const AROUND = /^([\s–(]*)(.*?)([\s)]*)$/su;
const SKIPPED = "script, style, textarea, noscript";
const ENGLISH = { lang: "en", dir: "ltr" };

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A text with placeholders as a pattern, whose groups are the literal parts and the values. */
const patternOf = (text: string) => {
  const parts = text.split(PLACEHOLDER).map((part) => `(${literally(part)})`);
  return new RegExp(`^${parts.join("(.*?)")}$`, "su");
};

let exact = new Set<string>();
let patterns: RegExp[] = [];
let observer: MutationObserver | undefined;

/**
 * The parts of a text if it is English, the values in it at the odd places; null if it is not.
 * Several texts may stand together.
 */
function partsOf(text: string): string[] | null {
  if (!LATIN.test(text)) return null;
  if (exact.has(text)) return [text];
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found) return found.slice(1);
  }
  const sentences = text.match(SENTENCES) ?? [];
  if (sentences.length < 2) return null;
  const all = sentences.map(partsOf);
  // Each ends with a literal part, to which the next one begins with another.
  return all.every((parts) => parts !== null)
    ? all.reduce((whole, parts) => [
        ...whole.slice(0, -1),
        `${whole[whole.length - 1]} ${parts[0]}`,
        ...parts.slice(1),
      ])
    : null;
}

/** Marks the element of a text, or the text in an element of its own if there is more in it. */
function mark(text: Text) {
  const parent = text.parentElement;
  if (!parent || parent.closest(SKIPPED)) return;
  const alone = parent.childNodes.length === 1;
  const [, before, words, after] = AROUND.exec(text.data) as RegExpExecArray;
  const parts = words ? partsOf(words) : null;
  if (!parts) {
    if (words && alone && parent.hasAttribute(MARKED)) unmark(parent);
    return;
  }
  parts[0] = before + parts[0];
  parts[parts.length - 1] += after;
  const { lang, dir } = document.documentElement;
  const own = parts.map((part, at) => (at % 2 && OTHER_SCRIPT.test(part) ? part : null));
  const nodes = own.some((part) => part !== null)
    ? parts.map((part, at) => (own[at] === null ? part : el("span", { lang, dir }, part)))
    : null;
  if (alone) {
    for (const [name, value] of Object.entries(ENGLISH)) parent.setAttribute(name, value);
    parent.setAttribute(MARKED, "");
    if (nodes) text.replaceWith(...nodes);
  } else if (parent.lang !== "en")
    text.replaceWith(el("span", { ...ENGLISH, [MARKED]: "" }, ...(nodes ?? [text.data])));
}

function unmark(element: Element) {
  for (const name of [...Object.keys(ENGLISH), MARKED]) element.removeAttribute(name);
}

function markWithin(root: Node) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = root instanceof Text ? [root] : [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  for (const text of found) mark(text);
}

/** Marks the `texts` of the interface that are English, on the page and in what is added to it. */
export function markEnglish(texts: string[] = []) {
  const words = texts.filter((text) => LATIN.test(text.replace(/\{\w+\}/g, "")));
  exact = new Set(words.filter((text) => !PLACEHOLDER.test(text)).map((text) => text.trim()));
  patterns = words
    .filter((text) => PLACEHOLDER.test(text))
    .sort((one, other) => other.length - one.length)
    .map((text) => patternOf(text.trim()));
  for (const element of document.querySelectorAll(`[${MARKED}]`)) unmark(element);
  observer ??= new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Text) mark(target);
      for (const node of addedNodes) if (node.isConnected) markWithin(node);
    }
  });
  observer.disconnect();
  if (!words.length) return;
  markWithin(document.body);
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
}
