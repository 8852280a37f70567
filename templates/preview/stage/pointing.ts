// Shows where a part of a page comes from: a line round it, and a press that tells the author's
// window. Alt held, or the author's switch, turns it on.

/** @import {Pointed} from "./types" */
/** @typedef {{element: Element, place: Pointed}} Part */

/** What the player puts between the title and the first block. */
const NOTICE = ".notice";
const STYLE =
  "position:fixed;z-index:2147483647;pointer-events:none;box-sizing:border-box;" +
  "border:2px solid #0b5d6b;border-radius:6px;background:rgb(11 93 107 / .08)";
const LABEL =
  "position:absolute;inset-inline-start:-2px;padding:2px 8px;border-radius:6px;" +
  "white-space:nowrap;background:#0b5d6b;color:#fff;font:13px/1.5 monospace";
/** Pixels above a part that its label takes. */
const ROOM = 28;

/** @param {(place: Pointed) => void} tell */
export function createPointing(tell) {
  let always = false;
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {Element | null} */
  let drawn = null;

  function clear() {
    box?.remove();
    box = null;
    drawn = null;
  }

  /** @param {Part} part */
  function draw({ element, place }) {
    if (element === drawn) return;
    clear();
    drawn = element;
    box = boxRound(element);
    label(box, place, element.getBoundingClientRect().top < ROOM).catch(() => {});
  }

  /** @param {MouseEvent} event */
  function moved(event) {
    const part = partUnder(event, always);
    if (part) draw(part);
    else clear();
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    const part = partUnder(event, always);
    if (!part) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(part.place);
  }

  return {
    clear,
    /** @param {boolean} on */
    always(on) {
      always = on;
      if (!on) clear();
    },
    /** @param {Window} opened */
    attach(opened) {
      clear();
      const { document } = opened;
      document.addEventListener("pointermove", moved, true);
      document.addEventListener("click", pressed, true);
      document.addEventListener("scroll", clear, true);
      document.addEventListener("keyup", (event) => {
        if (event.key === "Alt" && !always) clear();
      });
    },
  };
}

/** @param {Element} element */
function boxRound(element) {
  const document = element.ownerDocument;
  const { left, top, width, height } = element.getBoundingClientRect();
  const box = document.createElement("div");
  box.setAttribute("aria-hidden", "true");
  box.style.cssText = `${STYLE};left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  document.documentElement.append(box);
  return box;
}

/**
 * The part that is pointed at, if anybody asks.
 *
 * @param {MouseEvent} event
 * @param {boolean} always
 */
function partUnder({ target, altKey }, always) {
  const element = /** @type {Partial<Element> | null} */ (target);
  if (!(always || altKey) || !element?.closest) return null;
  return partOf(/** @type {Element} */ (element));
}

/**
 * Says in a box which file and line a part comes from.
 *
 * @param {HTMLElement} box
 * @param {Pointed} place
 * @param {boolean} below
 */
async function label(box, place, below) {
  const words = await (await fetch(`/preview/place?${new URLSearchParams({ ...place })}`)).json();
  const shown = box.ownerDocument.createElement("span");
  shown.style.cssText = `${LABEL};inset-block-${below ? "start" : "end"}:100%`;
  shown.textContent = words;
  box.append(shown);
}

/**
 * The question or block that an element stands in.
 *
 * @param {Element} target
 * @returns {Part | null}
 */
function partOf(target) {
  const article = target.closest("main article[data-page]");
  if (!article) return null;
  const page = article.getAttribute("data-page") ?? "";
  const form = target.closest("[data-question]");
  const question = form?.getAttribute("data-question") ?? "";
  let top = target;
  while (top.parentElement && top.parentElement !== article) top = top.parentElement;
  if (top === article) return null;
  const blocks = [...article.children].filter(
    (one) => one.localName !== "h1" && !one.matches(NOTICE),
  );
  const block = blocks.indexOf(top);
  return { element: form ?? top, place: { page, question, block: block < 0 ? "" : String(block) } };
}
