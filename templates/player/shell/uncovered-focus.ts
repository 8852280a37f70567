// Keeps fixed elements from covering the element with the focus (WCAG 2.4.11).

const STAYS = ".bar, #notices";
const GAP = 8;

/**
 * Browsers scroll to the focused element, but Firefox does not if any part of it is in the
 * viewport, covered or not, and Safari before 15 lacks scroll-padding-block. Only after keyboard
 * input, because a page that moves under a finger loses the press.
 */
export function uncoverFocus() {
  let keyed = false;
  const remember = (yes: boolean) => () => {
    keyed = yes;
  };
  addEventListener("keydown", remember(true), true);
  addEventListener("pointerdown", remember(false), true);
  document.addEventListener("focusin", ({ target }) => {
    // The browser may scroll after the focusin event.
    const focused = target as Element;
    if (keyed) {
      requestAnimationFrame(() => document.activeElement === focused && uncover(focused));
    }
  });
}

function uncover(target: Element) {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  for (const cover of document.querySelectorAll(STAYS)) {
    const over = cover.getBoundingClientRect();
    const beside = right <= over.left || left >= over.right || bottom <= over.top;
    if (!beside && !cover.contains(target) && top < over.bottom)
      return scrollBy(0, top - over.bottom - GAP);
  }
  return undefined;
}
