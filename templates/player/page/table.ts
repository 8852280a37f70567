// A table that is wider than the screen scrolls by itself, by keyboard too.

// A section without a name is no landmark.
const NAMES = ["aria-label", "tabindex"];

/**
 * Takes the region round a table out of the order of Tab and of the landmarks while there is
 * nothing to scroll. Without the script it stays in both.
 */
export function mountTable(region: HTMLElement) {
  const attributes = NAMES.map((name) => ({ name, value: region.getAttribute(name) }));
  new ResizeObserver(() => {
    const focused = region === document.activeElement;
    // A table that may scroll is wider than it has to be: what it has to be is to be measured.
    region.removeAttribute("tabindex");
    const scrolls = region.scrollWidth > region.clientWidth;
    for (const { name, value } of attributes) {
      if (value !== null && (scrolls || focused)) region.setAttribute(name, value);
      else region.removeAttribute(name);
    }
    if (focused) region.focus();
  }).observe(region);
}
