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

/**
 * Puts it in place. `page` is what main.js knows:
 *
 * - `shown`: what this part of the package brings: the HTML of the views `about` and `exit`, the
 *   chunks of the `search` and of the `comments`, null where there are none, and what earlier-visits.js
 *   has to know of the course;
 * - `course`, `tracking`, `outline`: what is the same for every trainee; `chunks` is that of
 *   chunks.js, `content` has the pages' data and the questions' behaviours;
 * - `store`, `interactions`, `locked(page)`: the trainee's work;
 * - `link`, `copy`, `placed`, `status`, `record()`: the LMS, what old-copy.js knows of it, whether anything stands round the page, what the
 *   trainee is told of saving, and what starts it where the LMS is there only later;
 * - `earlier`: what earlierVisits of earlier-visits.js knows; `resuming.page` is the page where the trainee
 *   may go on, or null, and `resumed()` ends that;
 * - `navigation`, `notices`, `say`, `guard`, `timer`; `settle()` lets the page on view put away what
 *   it holds back.
 *
 * Gives `views` by their addresses, which show themselves with the way back to a page, `resumed()`,
 * which takes the choice away, and `explain(notice, src)`, which adds why a file could not be loaded.
 */
export function mountVisit(page) {
  const { shown, tracking, link, earlier, settle, say } = page;
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
