// The way to the certificate, whose sheet comes with its first use.

import { button } from "../dom/element.js";
import { createCertificateAllowed } from "./certificate-allowed.js";
import { heldOf, markOf } from "./course-result.js";
import { showLate } from "./late-view.js";

/** @import {ChunkName, SurroundingsParts} from "../types" */
/** @typedef {typeof import("./certificate.js").showCertificate} ShowCertificate */

const END = "#end";
const ADDRESS = "#certificate";

/**
 * `ready()` is whether the trainee may have it, `show()` shows it, or the closing view where they
 * may not, and `print()` prints it, too.
 *
 * @param {SurroundingsParts} parts
 * @param {Parameters<typeof showLate>[0]} late
 * @param {ChunkName[]} names
 */
export function createCertificate(parts, late, names) {
  const { visit, course, content, work, view } = parts;
  const { say, navigation } = view;
  const ready = createCertificateAllowed(parts);
  let asked = false;

  /**
   * @param {boolean} printing
   * @param {{html?: string}} data
   */
  function sheet(printing, { html = "" }) {
    const show = /** @type {ShowCertificate} */ (
      content.chunks.arrived("part", "shell-certificate")
    );
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
      // Only this time: a trainee who leaves before the sheet has come may come back to read it.
      const printing = asked;
      asked = false;
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
