// Inline in index.html, before its title and content, if the course has “Exit this page”. Hides the
// page after a quick exit, with shell-leave.css.

import { cameBack, hidePlace } from "../shell/left-mark.ts";

type OwnScript = HTMLScriptElement & { dataset: { title: string } };

if (cameBack()) {
  document.documentElement.classList.add("leaving");
  hidePlace();
  document.title = (document.currentScript as OwnScript).dataset.title;
}
