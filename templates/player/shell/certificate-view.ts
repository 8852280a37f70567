// Opens the certificate, whose sheet loads when it is first needed.

import { button } from "../dom/element.ts";
import { listInWords } from "../dom/words.ts";
import { shownModules } from "../state/test-out.ts";
import { createCertificateAllowed } from "./certificate-allowed.ts";
import { heldOf, markOf } from "./course-result.ts";
import { showLate } from "./late-view.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { showCertificate } from "./certificate.ts";

/** How other views open the certificate. */
export interface CertificateWays {
  /** Whether the trainee may have it. */
  ready(): boolean;
  /** Shows and prints it. */
  print(): void;
}

type ShowCertificate = typeof showCertificate;

const END = "#end";
const ADDRESS = "#certificate";

/** `show()` shows the certificate, or the closing view if the trainee may not have it. */
export function createCertificate(parts: SurroundingsParts, late: Parameters<typeof showLate>[0]) {
  const { shown, visit, course, content, work, view } = parts;
  const { say, navigation } = view;
  const ready = createCertificateAllowed(parts);
  let asked = false;

  function sheet(printing: boolean, { html = "" }: { html?: string }) {
    const show = content.chunks.arrived("part", "shell-certificate") as ShowCertificate;
    const { learner, status } = visit.link.launch;
    const toEnd = () => {
      location.hash = END;
    };
    const back = button(say("back", { title: say("end") }), toEnd, { class: "plain" });
    const print = show({
      html,
      digest: course.digest,
      learner,
      held: heldOf(parts),
      says: Boolean(status),
      finished: work.store.state.finished,
      shown: listInWords(shownModules(course.outline, work.store.held), course.language),
      mark: markOf(course),
      say,
      navigation,
      back,
    });
    if (printing) print();
  }

  return {
    ready,
    show() {
      // Only once: a trainee who leaves before it has loaded may return just to read it.
      const printing = asked;
      asked = false;
      const names = shown.certificate ?? [];
      if (ready())
        showLate(late, "certificate", "certificate_failed", names, (data) => sheet(printing, data));
      else location.replace(END);
    },
    print() {
      asked = true;
      location.hash = ADDRESS;
    },
  };
}
