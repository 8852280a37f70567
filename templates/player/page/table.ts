// A table that is wider than the screen scrolls by itself, also by keyboard.

// Without a name, a section is not a landmark.
const NAMES = ["aria-label", "tabindex"];

/**
 * Removes the region around a table from the tab order and the landmarks while it does not scroll.
 */
export function mountTable(region: HTMLElement) {
  const attributes = NAMES.map((name) => ({ name, value: region.getAttribute(name) }));
  new ResizeObserver(() => {
    const focused = region === document.activeElement;
    // A scrollable region may be wider than its content needs, so measure without it.
    region.removeAttribute("tabindex");
    const scrolls = region.scrollWidth > region.clientWidth;
    for (const { name, value } of attributes) {
      if (value !== null && (scrolls || focused)) region.setAttribute(name, value);
      else region.removeAttribute(name);
    }
    if (focused) region.focus();
  }).observe(region);
}
