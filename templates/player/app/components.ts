// What makes a page work: what the parts of the player bring.

/** @import {Component, Given, Guard} from "../types" */

/**
 * Start every component in an article. One of `parts` is a component: its `name`, the `selector`
 * of where it is in a page, and `mount(element, given)`, which starts it. That may give a function
 * that puts away what it holds back; it runs whenever the page is left or hidden. This gives one
 * that does so for all of them. Each runs inside `guard`, so that a fault in one leaves the others
 * working.
 *
 * @param {HTMLElement} article
 * @param {Component[]} parts
 * @param {Given} given
 * @param {Guard} guard
 */
export function mountComponents(article, parts, given, guard) {
  const mounts = parts.flatMap(({ name, selector, mount }) =>
    [.../** @type {NodeListOf<HTMLElement>} */ (article.querySelectorAll(selector))].map(
      (element) => /** @type {const} */ ([name, mount, element]),
    ),
  );
  const settle = mounts.map(
    ([name, mount, element]) =>
      /** @type {const} */ ([name, guard(name, () => mount(element, given))]),
  );
  return () => {
    for (const [name, act] of settle) if (act) guard(name, act);
  };
}
