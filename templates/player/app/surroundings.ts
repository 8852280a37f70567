// What stands round the pages: contents, search, resume, about, exit, and what to know of a visit.

import { createConnection } from "../keep/connection.js";
import { createCopying } from "../keep/copy-answers.js";
import { confirmKept } from "../keep/joining.js";
import { watchShown } from "../keep/page-end.js";
import { watchTyping } from "../keep/typing.js";
import { tellWhyGone } from "../keep/reopening.js";
import { createAhead, savesData } from "../shell/ahead.js";
import { openForPrint } from "../shell/printing.js";
import { mountTools } from "../shell/toolbar.js";
import { uncoverFocus } from "../shell/uncovered-focus.js";
import { forgetWords } from "../state/private-words.js";
import { createRecorded } from "./recorded-visit.js";
import { createWelcome } from "./welcome.js";
import { whenIdle } from "./when-idle.js";

/** @import {Surroundings, SurroundingsParts} from "../types" */

/**
 * Puts it in place.
 *
 * @param {SurroundingsParts} parts
 * @returns {Surroundings}
 */
export function mountSurroundings(parts) {
  const { shown, visit, course, work, view } = parts;
  const { link } = visit;
  const { settle, say } = view;
  /** @type {Surroundings["explain"]} */
  const explain = (notice, src) =>
    tellWhyGone({
      notice,
      src: src ?? location.href,
      say,
      online: () => navigator.onLine,
      leave() {
        settle();
        visit.saving.close();
      },
    });
  const tools = mountTools(parts, explain);
  const welcome = createWelcome(parts, tools.certificate);
  const copying = createCopying(parts);
  const recorded = createRecorded(parts, { tools, welcome, copying });
  const connection = createConnection(parts, { welcome, copying, recorded });
  window.scormBuilder.again = view.navigation.again;
  const ahead = savesData() ? null : fetchAhead(parts);
  openForPrint();
  uncoverFocus();
  watchTyping(work.store);
  watchShown(view.status, () => link.session.idle(() => work.store.change(() => {})));
  if (forgetWords(work.store.state, course.outline)) work.store.change(() => {});
  if (visit.recorded) recorded.start();
  else if (link.known) confirmKept(shown.course, course.tracking, link.launch);
  if (link.known) welcome.tell(work.earlier);
  else connection.look();
  welcome.offer();
  ahead?.moved();
  return {
    views: tools.views,
    explain,
    resumed: welcome.hide,
    moved() {
      tools.moved();
      // On the cover, the choice stands in it.
      if (view.navigation.covered) welcome.offer();
      ahead?.moved();
    },
  };
}

/** @param {SurroundingsParts} parts */
const fetchAhead = ({ shown, course, content, view }) =>
  createAhead({
    bundles: shown.ahead,
    outline: course.outline,
    current: () => view.navigation.current,
    load: content.chunks.load,
    loadPage: content.load,
    has: (page) => Boolean(content.dataOf(page)),
    whenQuiet: whenIdle,
  });
