// What stands round the pages: contents, search, resume, about, exit, and what to know of a visit.

import { createConnection } from "../keep/connection.ts";
import { createCopying } from "../keep/copy-answers.ts";
import { confirmKept } from "../keep/joining.ts";
import { watchShown } from "../keep/page-end.ts";
import { watchTyping } from "../keep/typing.ts";
import { explainMissingFile } from "../keep/reopening.ts";
import { createAhead, savesData, type Bundle } from "../shell/ahead.ts";
import { openForPrint } from "../shell/printing.ts";
import { mountTools } from "../shell/toolbar.ts";
import { uncoverFocus } from "../shell/uncovered-focus.ts";
import { forgetWords } from "../state/private-words.ts";
import { createRecorded } from "./recorded-visit.ts";
import { createWelcome } from "./welcome.ts";
import { whenIdle } from "./when-idle.ts";
import type { Page } from "../state/course.ts";
import type { ChunkName } from "../state/page-data.ts";
import type { Key } from "../state/state.ts";
import type { View, VisitParts } from "./visit.ts";

/** What the part of the package behind the first page shows and says. */
export interface Shown {
  /** The id of the course. */
  course: string;
  text: Record<string, string>;
  /** HTML. */
  about: string;
  /** HTML. */
  exit: string;
  /** HTML; null where the course has no help. */
  help: string | null;
  search: ChunkName[] | null;
  /** What is fetched ahead of need. */
  ahead: Bundle[];
  comments: ChunkName[] | null;
  certificate: ChunkName[] | null;
  /** Keys of questions that are answered in a trainee's own words. */
  typed: Key[];
}

/** What stands round the pages. */
export interface Surroundings {
  /** By their addresses; each shows itself, with the way back to a page. */
  views: Record<string, (before: Page | null) => void>;
  /** Adds to a notice why a file could not be loaded. */
  explain(notice: HTMLElement, src?: string): void;
  /** The trainee has gone on: takes the choice away. */
  resumed(): void;
  /** Another view is on show. */
  moved(): void;
}

/** What main.ts knows when the surroundings arrive. */
export interface SurroundingsParts extends VisitParts {
  shown: Shown;
  view: View;
}

/** Puts it in place. */
export function mountSurroundings(parts: SurroundingsParts): Surroundings {
  const { shown, visit, course, work, view } = parts;
  const { link } = visit;
  const { settle, say } = view;
  const explain: Surroundings["explain"] = (notice, src) =>
    explainMissingFile({
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

const fetchAhead = ({ shown, course, content, view }: SurroundingsParts) =>
  createAhead({
    bundles: shown.ahead,
    outline: course.outline,
    current: () => view.navigation.current,
    load: content.chunks.load,
    loadPage: content.load,
    has: (page) => Boolean(content.dataOf(page)),
    whenQuiet: whenIdle,
  });
