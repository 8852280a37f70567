// What stands round the pages: contents, search, resume, about, exit, and what to know of a visit.

import { createConnection } from "../keep/connection.js";
import { createCopying } from "../keep/copy-answers.js";
import { openForPrint } from "../shell/printing.js";
import { forgetWords } from "../state/private-words.js";
import { createRecorded } from "./recorded-visit.js";
import { tellWhyGone } from "../keep/reopening.js";
import { confirmKept } from "../keep/joining.js";
import { mountTools } from "../shell/toolbar.js";
import { uncoverFocus } from "../shell/uncovered-focus.js";
import { createWelcome } from "./welcome.js";

/** @import {Surroundings, VisitParts} from "../types" */

/**
 * Puts it in place.
 *
 * @param {VisitParts} page
 * @returns {Surroundings}
 */
export function mountVisit(page) {
  const { shown, tracking, link, earlier, settle, say } = page;
  /** @type {Surroundings["explain"]} */
  const explain = (notice, src) =>
    tellWhyGone({
      notice,
      src,
      say,
      online: () => navigator.onLine,
      leave() {
        settle();
        link.saving?.close();
      },
    });
  const tools = mountTools(page, explain);
  const welcome = createWelcome(page);
  const copying = createCopying(page);
  const recorded = createRecorded(page, { tools, welcome, copying });
  const connection = createConnection(page, { welcome, copying, recorded });
  openForPrint();
  uncoverFocus();
  if (forgetWords(page.store.state, page.outline)) page.store.change(() => {});
  if (link.saving) recorded.start();
  else if (link.known) confirmKept({ course: shown.course, tracking, launch: link.launch });
  if (link.known) welcome.tell(earlier);
  else connection.look();
  welcome.offer();
  return { views: tools.views, explain, resumed: welcome.hide };
}
