// What a trainee has to know, and can do, while nothing can be saved (UX.md 1, "LMS-lost banner").

import { el } from "./element.js";
import { whyUnreachable } from "./why.js";

// What is wrong may change meanwhile.
const AGAIN = 15000;

/**
 * Shows the notice while `status` (save-status.js) says that saving fails; unsaved.js takes it away.
 * Once it works again the warning of the Exit button goes.
 *
 * `moved()` is whether another LMS has taken the place of the one that is gone, to which `renew()`
 * connects. `ask()` is a request to the package's own origin, `kept()` whether this browser has all
 * that was done. `copy` is a button for notices: what was done, as text; `prepare()` makes it ready.
 */
export function createLost({ link, status, notices, say, timer, online, ask, moved, renew, copy, prepare, kept }) {
  const reason = el("p");
  const safe = el("p");
  const more = el("details", {}, el("summary", {}, say("what_is_safe")), reason, safe);
  let shown = false;
  let saved = "";
  // Of several watches begun in turn only the latest goes on.
  let latest = 0;

  const write = (element, words) => {
    if (element.textContent !== words) element.textContent = words;
  };

  async function explain() {
    const since = say(kept() ? "kept_in_browser" : "kept_in_window");
    write(safe, `${saved ? say("saved_at", { time: saved }) : say("saved_never")} ${since}`);
    const why = online() && !link.there ? "lost_window" : await whyUnreachable({ online, ask });
    if (shown) write(reason, say(why || "lost_refused"));
  }

  function watch() {
    latest += 1;
    const mine = latest;
    const look = () =>
      timer(() => {
        if (!shown || mine !== latest) return;
        if (moved()) renew();
        explain();
        look();
      }, AGAIN);
    look();
  }

  function retry() {
    if (moved()) renew();
    else link.saving?.save();
    if (shown) show();
  }

  function show() {
    notices.show("save", say("not_saved_notice"), {
      alert: true, body: [more], actions: [[say("retry"), retry], copy],
    });
    explain();
  }

  status.listen((outcome) => {
    if (outcome !== "saved") return;
    saved = new Date().toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit" });
    notices.hide("exit");
  });
  status.whileFailing(
    () => {
      shown = true;
      prepare();
      // What the player said of it by itself.
      notices.hide("save");
      show();
      watch();
    },
    () => (shown = false),
  );
  for (const type of ["online", "offline"]) addEventListener(type, () => shown && explain());
}
