// Shows where a part of a page comes from: an outline on hover, and a click that tells the author's
// window. Active while Alt is held, or by the author's switch.

/** A part of a page: the index of a block or the id of a scene, or a question's id. */
export interface Pointed {
  page: string;
  question: string;
  block: string;
}

type Part = { element: Element; place: Pointed };

/** Notices that the player puts between title and first block. */
const NOTICE = ".notice";
const STYLE =
  "position:fixed;z-index:2147483647;pointer-events:none;box-sizing:border-box;" +
  "border:2px solid #0b5d6b;border-radius:6px;background:rgb(11 93 107 / .08)";
const LABEL =
  "position:absolute;inset-inline-start:-2px;padding:2px 8px;border-radius:6px;" +
  "white-space:nowrap;background:#0b5d6b;color:#fff;font:13px/1.5 monospace";
/** Height of the label above a part, in pixels. */
const ROOM = 28;

export function createPointing(tell: (place: Pointed) => void) {
  let always = false;
  let box: HTMLElement | null = null;
  let drawn: Element | null = null;

  function clear() {
    box?.remove();
    box = null;
    drawn = null;
  }

  function draw({ element, place }: Part) {
    if (element === drawn) return;
    clear();
    drawn = element;
    box = boxRound(element);
    label(box, place, element.getBoundingClientRect().top < ROOM).catch(() => {});
  }

  function moved(event: MouseEvent) {
    const part = partUnder(event, always);
    if (part) draw(part);
    else clear();
  }

  function pressed(event: MouseEvent) {
    const part = partUnder(event, always);
    if (!part) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(part.place);
  }

  return {
    clear,
    always(on: boolean) {
      always = on;
      if (!on) clear();
    },
    attach(opened: Window) {
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

function boxRound(element: Element) {
  const document = element.ownerDocument;
  const { left, top, width, height } = element.getBoundingClientRect();
  const box = document.createElement("div");
  box.setAttribute("aria-hidden", "true");
  box.style.cssText = `${STYLE};left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  document.documentElement.append(box);
  return box;
}

/** The part under the pointer, if pointing is active. */
function partUnder({ target, altKey }: MouseEvent, always: boolean) {
  const element = target as Partial<Element> | null;
  if (!(always || altKey) || !element?.closest) return null;
  return partOf(element as Element);
}

/** Labels a box with the file and line of its part. */
async function label(box: HTMLElement, place: Pointed, below: boolean) {
  const words = await (await fetch(`/preview/place?${new URLSearchParams({ ...place })}`)).json();
  const shown = box.ownerDocument.createElement("span");
  shown.style.cssText = `${LABEL};inset-block-${below ? "start" : "end"}:100%`;
  shown.textContent = words;
  box.append(shown);
}

/** The question, scene or block that contains an element. */
function partOf(target: Element): Part | null {
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
  const scene = target.closest("[data-scene]");
  const named = scene?.getAttribute("data-scene") ?? (block < 0 ? "" : String(block));
  return { element: form ?? scene ?? top, place: { page, question, block: named } };
}
