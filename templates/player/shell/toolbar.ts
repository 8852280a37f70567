// The buttons in the bar and the footer, and the views that they open.

import { createAbout } from "./about.js";
import { createCertificate } from "./certificate-view.js";
import { createClosing } from "./closing.js";
import { createContents } from "./contents.js";
import { fragment } from "../dom/element.js";
import { pageStatus } from "../state/progress.js";
import { isFinal } from "./course-result.js";
import { showLate } from "./late-view.js";
import { END } from "./routes.js";
import { createSearchButton } from "./search-button.js";
import { createWayBack } from "./way-back.js";

/** @import {Navigation, Notices, Outline, Page, Say, SearchIndex} from "../types" */
/** @import {SearchGiven, SurroundingsParts} from "../types" */
/** @typedef {typeof import("./comments.js").commentForm} CommentForm */
/** @typedef {[kind: string, id: string, src: string][]} ChunkNames */
/**
 * @typedef {object} Loaders The means to load what comes with its first use.
 * @property {Loader} chunks
 * @property {Outline} outline
 * @property {Parameters<CommentForm>[0]["visit"]} visit
 * @property {(page: Page) => string | null} locked
 * @property {Navigation} navigation
 * @property {Notices} notices
 * @property {Say} say
 */
/**
 * @typedef {object} Loader
 * @property {(chunks: ChunkNames) => Promise<unknown[]>} loadAll
 * @property {(kind: string, id: string) => unknown} arrived
 */
/** @typedef {(notice: HTMLElement, src?: string) => void} Explain Adds why a file is not there. */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Whether a page is neither left nor its practice answered: it is ticked only then. A course that
 * is finished has nothing to be ticked any more.
 *
 * @param {Page} page
 * @param {Pick<SurroundingsParts["work"], "begun" | "store">} work
 */
const isBegun = (page, { begun, store: { state } }) =>
  page === begun &&
  page.kind === "page" &&
  !isFinal(state.status) &&
  !page.needs?.check?.some((key) => state.checks.has(key));

/**
 * The status of a page in the contents: the page on view is “started” until it is left or answered.
 *
 * @param {Page} page
 * @param {Navigation} navigation
 * @param {SurroundingsParts["work"]} work
 */
const statusIn = (page, { current }, work) =>
  page === current && isBegun(page, work) ? "started" : pageStatus(page, work.store.state);

/**
 * Contents, search, About, help and comments. Gives the `views` by their addresses, the ways to the
 * `certificate`, and `close()` for the panels that are open.
 *
 * @param {SurroundingsParts} parts
 * @param {Explain} explain
 */
export function mountTools(parts, explain) {
  const { shown, visit, course, content, work, view } = parts;
  const { outline } = course;
  const { locked, navigation, say, guard } = view;
  const { chunks } = content;
  const page = { ...view, visit, outline, chunks };
  const late = { ...page, explain };
  const way = createWayBack(say, course.title);
  const { back } = way;
  const contents = createContents({
    toggle: byId("contents-button"),
    nav: byId("contents"),
    outline,
    bar: /** @type {HTMLElement} */ (document.querySelector(".progress-bar")),
    title: course.title,
    status: (page) => statusIn(page, navigation, work),
    end: say("end"),
    locked,
    current: () => navigation.current,
    covered: () => navigation.covered,
    away: navigation.away,
    turned: navigation.turn,
    say,
  });
  work.store.subscribe(() => guard("contents", contents.refresh));
  const search = shown.search ? startSearch(page, shown.search, explain, contents.close) : null;
  const { digest } = course;
  const toggle = byId("about-button");
  const about = createAbout({ toggle, view: shown.about, digest, navigation, back });
  /** @type {Record<string, (before: Page | null) => void>} */
  const views = { "#about": about };
  const certificate = shown.certificate ? createCertificate(parts, late, shown.certificate) : null;
  const closing = createClosing(parts, back, certificate);
  views[END] = (before) => way.fromResult(() => closing(before));
  // An address of a course that had one.
  views["#certificate"] = certificate?.show ?? (() => location.replace(END));
  const { comments, help } = shown;
  if (help) views["#help"] = (before) => navigation.view(fragment(help), back(before));
  if (comments) {
    views["#comments"] = (before) =>
      showLate(late, "comments", "comments_failed", comments, () =>
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
    },
    close() {
      contents.close();
      search?.close();
    },
  };
}

/**
 * The search behind its button; its code and index come with the first use.
 *
 * @param {Loaders} page
 * @param {ChunkNames} names
 * @param {Explain} explain
 * @param {() => void} opened
 */
function startSearch(page, names, explain, opened) {
  const { chunks, outline, locked, navigation, notices, say } = page;
  const search = createSearchButton({
    toggle: byId("search-button"),
    panel: byId("search"),
    async load() {
      const [mount, index] = /** @type {[(given: SearchGiven) => {focus(): void}, SearchIndex]} */ (
        (await chunks.loadAll(names)).slice(-2)
      );
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

/**
 * @param {Loaders} page
 * @param {HTMLElement} back
 */
function showComments({ chunks, visit, navigation, say }, back) {
  const commentForm = /** @type {CommentForm} */ (chunks.arrived("part", "shell-comments"));
  const today = new Date().toLocaleDateString("sv");
  navigation.view(...commentForm({ visit, say, today, back }));
}
