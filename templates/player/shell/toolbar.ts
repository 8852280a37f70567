// The buttons in header and footer, and the views that they open.

import { createAbout } from "./about.ts";
import { createCertificate } from "./certificate-view.ts";
import { createClosing } from "./closing.ts";
import { createContents } from "./contents.ts";
import { fragment } from "../dom/element.ts";
import { firstTriesOf } from "../state/first-tries.ts";
import { pageStatus } from "../state/progress.ts";
import { isFinal } from "./course-result.ts";
import { showLate } from "./late-view.ts";
import { END } from "./routes.ts";
import { createSearchButton } from "./search-button.ts";
import { createWayBack } from "./way-back.ts";
import { leadBackToQuiz } from "./way-to-quiz.ts";
import type { Shown, SurroundingsParts } from "../app/surroundings.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { State } from "../state/state.ts";
import type { commentForm } from "./comments.ts";
import type { Navigation } from "./navigation.ts";
import type { Notices } from "./notices.ts";
import type { SearchGiven } from "./search-panel.ts";
import type { SearchIndex } from "./search.ts";

type CommentForm = typeof commentForm;
type ChunkNames = [kind: string, id: string, src: string][];

/** What views need that load when they are first opened. */
interface Loaders {
  chunks: Loader;
  outline: Outline;
  visit: Parameters<CommentForm>[0]["visit"];
  locked: (page: Page) => string | null;
  navigation: Navigation;
  notices: Notices;
  say: Say;
}
interface Loader {
  loadAll: (chunks: ChunkNames) => Promise<unknown[]>;
  arrived: (kind: string, id: string) => unknown;
}

/** Adds to a notice why a file did not load. */
type Explain = (notice: HTMLElement, src?: string) => void;

const byId = (id: string) => document.getElementById(id) as HTMLElement;

/** Whether a page has practice, and all of it is answered. */
const isPractised = ({ needs }: Page, { checks }: State) =>
  Boolean(needs?.check?.length && needs.check.every((key) => checks.has(key)));

/**
 * Whether the current page is seen for the first time, and its practice is unfinished: it is ticked
 * only once it is left or all its practice is answered. In a finished course every page is ticked.
 */
const isBegun = (
  page: Page,
  { begun, store: { state } }: Pick<SurroundingsParts["work"], "begun" | "store">,
) => page === begun && page.kind === "page" && !isFinal(state.status) && !isPractised(page, state);

/**
 * The status of a page in the contents list. The current page is “started” until it is left or
 * answered, a record on view even without an entry.
 */
function statusIn(page: Page, { current }: Navigation, work: SurroundingsParts["work"]) {
  const status = pageStatus(page, work.store.state);
  if (page !== current) return status;
  const opened = page.kind === "record" && status === "not_started";
  return opened || isBegun(page, work) ? "started" : status;
}

/**
 * Connects contents, search, About, help and comments. Returns the `views` by address, the
 * `certificate`, and `close()`, which closes open panels.
 */
export function mountTools(parts: SurroundingsParts, explain: Explain) {
  const { shown, visit, course, content, view } = parts;
  const { outline } = course;
  const { navigation, say } = view;
  const { chunks } = content;
  const page = { ...view, visit, outline, chunks };
  const late = { ...page, explain };
  const way = createWayBack(say, course);
  const { back } = way;
  const wayToQuiz = leadBackToQuiz(parts);
  let closed = false;
  const contents = mountContents(parts, () => closed);
  const search = shown.search ? startSearch(page, shown, explain, contents.close) : null;
  if (search) contents.searches(search.open);
  const { digest } = course;
  const toggle = byId("about-button");
  const about = createAbout({ toggle, shown, digest, navigation, say, back });
  const views: Record<string, (before: Page | null) => void> = { "#about": about };
  const certificate = shown.certificate ? createCertificate(parts, late) : null;
  const closing = createClosing(parts, back, certificate);
  views[END] = (before) => way.fromResult(() => closing(before));
  // A bookmark from an edition that had a certificate.
  views["#certificate"] = certificate?.show ?? (() => location.replace(END));
  if (shown.help)
    views["#help"] = (before) => navigation.view(fragment(String(shown.help)), back(before));
  if (shown.comments) {
    views["#comments"] = (before) =>
      showLate(late, "comments", "comments_failed", shown.comments ?? [], () =>
        showComments(page, back(before)),
      );
    byId("comment-button").onclick = () => {
      location.hash = "#comments";
    };
  }
  return {
    views,
    certificate,
    moved() {
      if (navigation.current || navigation.covered) way.paged();
      contents.moved();
      wayToQuiz.moved();
    },
    close() {
      closed = true;
      contents.close();
      search?.close();
    },
    /** The language has changed. */
    turned() {
      contents.refresh();
      search?.turned();
    },
  };
}

function mountContents({ course, work, view }: SurroundingsParts, closed: () => boolean) {
  const { locked, navigation, say, guard } = view;
  const contents = createContents({
    toggle: byId("contents-button"),
    nav: byId("contents"),
    outline: course.outline,
    bar: document.querySelector(".progress-bar") as HTMLElement,
    course,
    status: (page) => statusIn(page, navigation, work),
    practice: (page) => firstTriesOf(page, work.store.state),
    locked,
    current: () => navigation.current,
    covered: () => navigation.covered || location.hash === END || closed(),
    away: navigation.away,
    turned: navigation.turn,
    say,
  });
  work.store.subscribe(() => guard("contents", contents.refresh));
  return contents;
}

/** The search, whose code and index load when it is first opened. */
function startSearch(page: Loaders, shown: Shown, explain: Explain, opened: () => void) {
  const { chunks, outline, locked, navigation, notices, say } = page;
  const search = createSearchButton({
    toggle: byId("search-button"),
    instead: byId("contents-button"),
    panel: byId("search"),
    async load() {
      const [mount, index] = (await chunks.loadAll(shown.search ?? [])).slice(-2) as [
        (given: SearchGiven) => { focus(): void },
        SearchIndex,
      ];
      say.add(index.text);
      return (panel) => mount({ ...panel, index, entries: outline.pages, locked, say });
    },
    turned: navigation.turn,
    opened,
    failed(error) {
      if (!error) return notices.hide("search");
      return explain(notices.show("search", say("search_failed"), { alert: true }), error.src);
    },
  });
  byId("contents-button").addEventListener("click", () => search.close());
  return search;
}

function showComments({ chunks, visit, navigation, say }: Loaders, back: HTMLElement) {
  const commentForm = chunks.arrived("part", "shell-comments") as CommentForm;
  const today = new Date().toLocaleDateString("sv");
  navigation.view(...commentForm({ visit, say, today, back }));
}
