// The buttons that print records and the certificate.

import { button } from "../dom/element.ts";
import { pageStatus } from "../state/progress.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { CertificateWays } from "./certificate-view.ts";

type Parts = Pick<SurroundingsParts, "course" | "work" | "view">;

const byId = (id: string) => document.getElementById(id) as HTMLElement;

/** The buttons that print the records which are open and not empty. */
export const printButtons = ({ course, work, view: { say, navigation, locked } }: Parts) =>
  course.outline.pages
    .filter((page) => page.needs?.record && !locked(page))
    .filter((page) => pageStatus(page, work.store.held) !== "not_started")
    .map((page) =>
      button(say("end_record"), () => printRecord(page.id, navigation.go), { class: "plain" }),
    );

/** The button to the certificate, shown as soon as the trainee may have it. */
export function certificateButton(
  { say, status }: Pick<Parts["view"], "say" | "status">,
  certificate: CertificateWays | null,
) {
  if (!certificate) return [];
  const made = button(say("end_certificate"), certificate.print, { class: "plain" });
  // Its room stays, so that no other button moves.
  status.listen(() => {
    made.style.visibility = certificate.ready() ? "" : "hidden";
  });
  return [made];
}

/** Opens a record's page and prints it as soon as it is shown. */
function printRecord(id: string, go: (id: string) => void) {
  const main = byId("main");
  const watch = new MutationObserver(() => {
    const print: HTMLElement | null = main.querySelector(`[data-page="${id}"] [data-print]`);
    if (!print && location.hash === `#/${id}`) return;
    watch.disconnect();
    print?.click();
  });
  go(id);
  watch.observe(main, { childList: true, subtree: true });
}
