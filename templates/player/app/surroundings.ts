// The interface around the pages, in the part shell-visit: contents, search, Resume, About, Exit,
// notices about the visit.

import { nextTask } from "../dom/next-task.ts";
import { createConnection } from "../keep/connection.ts";
import { createCopying } from "../keep/copy-answers.ts";
import { bringBack } from "../keep/earlier-visits.ts";
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
import type { CourseData } from "./main.ts";
import type { markEnglish } from "../shell/english.ts";
import type { Languages } from "../shell/languages.ts";
import type { View, VisitParts } from "./visit.ts";

/** Content of the interface around the pages, from the chunk of the visit. */
export interface Shown {
  /** Id of the course. */
  course: string;
  /** The version and the code of the words, as the LMS gets it. */
  version: string;
  text: Record<string, string>;
  /** HTML. */
  about: string;
  /** HTML. */
  exit: string;
  /** HTML; null if the course has no help. */
  help: string | null;
  search: ChunkName[] | null;
  /** Files to fetch ahead. */
  ahead: Bundle[];
  comments: ChunkName[] | null;
  certificate: ChunkName[] | null;
  /** Keys of questions that are answered in free text. */
  typed: Key[];
  /** The interface texts that are English because the language lacks them; absent if none are. */
  english?: string[];
}

/** The interface around the pages. */
export interface Surroundings {
  /** Views by their address. Each shows itself, given the page to return to. */
  views: Record<string, (before: Page | null) => void>;
  /** Adds to a notice why a file did not load. */
  explain(notice: HTMLElement, src?: string): void;
  /** The trainee has gone to a page: hides the offer to resume. */
  resumed(): void;
  /** Another view is shown. */
  moved(): void;
}

/** What the interface around the pages needs from main.ts. */
export interface SurroundingsParts extends VisitParts {
  given: Pick<CourseData, "languages" | "rest" | "visit">;
  shown: Shown;
  view: View;
}

/** Mounts it in several tasks, so that the trainee can act in between. */
export async function mountSurroundings(given: SurroundingsParts): Promise<Surroundings> {
  // A copy: another language replaces what is in it, but not what has loaded.
  const parts = { ...given, shown: { ...given.shown } };
  const explain = explainMissing(parts);
  await nextTask();
  const tools = mountTools(parts, explain);
  const { shown, content, view } = parts;
  document.addEventListener("player:turned", () => {
    Object.assign(shown, { english: undefined }, content.chunks.arrived("visit", content.suffix));
    view.say.add(shown.text);
    tools.turned();
    markFallbacks(parts);
  });
  markFallbacks(parts);
  await nextTask();
  return mountVisit(parts, tools, explain);
}

/** Marks interface texts that are English. The part is there only in languages that lack texts. */
function markFallbacks({ shown, content }: SurroundingsParts) {
  const mark = content.chunks.arrived("part", "shell-english") as typeof markEnglish | undefined;
  mark?.(shown.english);
}

const explainMissing =
  ({ visit, view: { say, settle } }: SurroundingsParts): Surroundings["explain"] =>
  (notice, src) =>
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

function mountVisit(
  parts: SurroundingsParts,
  tools: ReturnType<typeof mountTools>,
  explain: Surroundings["explain"],
): Surroundings {
  const { shown, visit, course, content, work, view } = parts;
  const { link } = visit;
  const welcome = createWelcome(parts, tools.certificate);
  const copying = createCopying(parts);
  const recorded = createRecorded(parts, { tools, welcome, copying });
  const connection = createConnection(parts, { welcome, copying, recorded });
  window.scormBuilder.again = view.navigation.again;
  let ahead = savesData() ? null : fetchAhead(parts);
  let { current } = view.navigation;
  const { mountLanguages } = (content.chunks.arrived("part", "shell-languages") ??
    {}) as Partial<Languages>;
  document.addEventListener("player:turned", () => {
    ahead = ahead && fetchAhead(parts);
  });
  const showChoice = mountLanguages?.(parts, explain);
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
      // Before the next page shows its work.
      if (view.navigation.current !== current) bringBack(work.store);
      current = view.navigation.current;
      tools.moved();
      showChoice?.();
      // On the cover, the offer to resume is part of the view.
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
