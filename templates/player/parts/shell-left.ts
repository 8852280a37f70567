// Stands in the page itself, before its title and all that is shown, where the course has “Exit
// this page”. What hides the page is in shell-leave.css.

import { cameBack, hidePlace } from "../shell/left-mark.ts";

type OwnScript = HTMLScriptElement & { dataset: { title: string } };

if (cameBack()) {
  document.documentElement.classList.add("leaving");
  hidePlace();
  document.title = (document.currentScript as OwnScript).dataset.title;
}
