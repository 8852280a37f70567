// Places in the author's files, and the way to them.

import { button, el } from "./element.js";

/** @import {Desk, OpenPlace} from "./types" */

/**
 * What opens a place: a link for VS Code, or a button where the author has named a command.
 *
 * @param {Desk} desk
 * @returns {OpenPlace}
 */
export function opener({ printed, server }) {
  return (place) => {
    const words = `Open ${place.text}`;
    if (!printed.command) return el("a", { class: "button", href: place.link }, words);
    const { path, line, column } = place;
    const it = button(words, async () => {
      const { refused } = await server.post("open", { path, line, column });
      it.textContent = refused ?? words;
    });
    return it;
  };
}
