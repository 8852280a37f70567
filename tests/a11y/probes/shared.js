const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const shown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const words = (it) => (it.innerText ?? it.textContent).trim().replace(/\s+/g, " ");
// The start tag and the first words: enough to find it in the page.
const brief = (it) => `${it.cloneNode().outerHTML.replace(/<\/[^>]*>$/, "").slice(0, 160)}${words(it).slice(0, 40)}`;
const FOCUSABLE =
  'a[href], area[href], button, input:not([type="hidden"]), select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable="true"]';
const focusable = (it) => it.matches(FOCUSABLE) && !it.matches(":disabled") && it.tabIndex >= 0 && it.checkVisibility({ visibilityProperty: true });
// Elements are kept in the page by a number: places in the document change with what is opened.
const keep = (it) => (window.a11yKept ??= []).push(it) - 1;
const keptAt = (number) => window.a11yKept[number];
