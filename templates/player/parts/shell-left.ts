// Stands in the page itself, before its title and all that is shown, where the course has “Exit
// this page”. What hides the page is in shell-leave.css.

import { cameBack, hidePlace } from "../shell/left-mark.js";

/** @typedef {HTMLScriptElement & {dataset: {title: string}}} OwnScript */

if (cameBack()) {
  document.documentElement.classList.add("leaving");
  hidePlace();
  document.title = /** @type {OwnScript} */ (document.currentScript).dataset.title;
}
