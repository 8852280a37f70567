// Fetches the text of the course ahead of need, so that a dead line costs nobody a page.

/** @import {Bundle, ChunkName, Outline, Page} from "../types" */
/**
 * @typedef {object} Given
 * @property {Bundle[]} bundles The one that all pages need, then those of the pages.
 * @property {Outline} outline
 * @property {() => Page | null} current The page on view.
 * @property {(...chunk: ChunkName) => Promise<unknown>} load
 * @property {(page: Page) => Promise<unknown>} loadPage
 * @property {(page: Page) => boolean} has Whether a page has arrived.
 * @property {(call: () => void) => void} whenQuiet
 */
/** @typedef {() => Promise<unknown>} Fetch */

// Of a course without bundles, so many pages beyond the one on view.
const PAGES = 9;

/** Whether the browser is asked to save data. */
export function savesData() {
  const { connection } = /** @type {Navigator & {connection?: {saveData?: boolean}}} */ (navigator);
  return Boolean(connection?.saveData);
}

/**
 * One request at a time, each once nothing else is to be done; `moved()` is for each page that
 * comes on view, and goes on where a request has failed.
 *
 * @param {Given} given
 */
export function createAhead(given) {
  const { bundles, whenQuiet } = given;
  /** @type {Set<Bundle>} */
  const fetched = new Set();
  let busy = false;

  /** @param {Fetch} fetch */
  async function run(fetch) {
    try {
      await fetch();
    } catch {
      // The line is down; the next page that is asked for says so.
      busy = false;
      return;
    }
    next();
  }

  function next() {
    const bundle = wanted(bundles, fetched, given);
    /** @type {Fetch | null} */
    const fetch = bundle
      ? async () => {
          await given.load("ahead", String(bundles.indexOf(bundle)), bundle.src);
          fetched.add(bundle);
        }
      : nearPage(given);
    busy = Boolean(fetch);
    if (fetch) whenQuiet(() => run(fetch));
  }

  return {
    moved() {
      if (!busy) next();
    },
  };
}

/**
 * The bundle that is wanted first: what all pages need, then what follows the page on view, then
 * what is before it.
 *
 * @param {Bundle[]} bundles
 * @param {Set<Bundle>} fetched
 * @param {Given} given
 */
function wanted([common, ...others], fetched, { outline, current, has }) {
  if (!fetched.has(common)) return common;
  const at = Math.max(0, outline.pages.indexOf(/** @type {Page} */ (current())));
  const ids = new Map(outline.pages.map(({ id }, place) => [id, place]));
  const left = others.filter(
    (bundle) =>
      !fetched.has(bundle) &&
      bundle.pages.some((id) => {
        const place = ids.get(id);
        return place !== undefined && !has(outline.pages[place]);
      }),
  );
  const ahead = left.find(({ pages }) => pages.some((id) => (ids.get(id) ?? 0) >= at));
  return ahead ?? left[0];
}

/**
 * Of a long course, the next page of this module or the one after it that is not here.
 *
 * @param {Given} given
 * @returns {Fetch | null}
 */
function nearPage({ bundles, outline: { modules, pages }, current, has, loadPage }) {
  const page = current();
  if (bundles.length > 1 || !page) return null;
  const at = pages.indexOf(page);
  let end = 0;
  const here = modules.findIndex(({ count }) => {
    end += count;
    return at < end;
  });
  const last = end + (modules[here + 1]?.count ?? 0);
  const missing = pages.slice(at + 1, Math.min(last, at + 1 + PAGES)).find((one) => !has(one));
  return missing ? () => loadPage(missing) : null;
}
