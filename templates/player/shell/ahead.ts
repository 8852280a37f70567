// Fetches the text of the course ahead of need, so that a dead line costs nobody a page.

import type { Outline, Page } from "../state/course.ts";
import type { ChunkName } from "../state/page-data.ts";

/** A file with the scripts of these pages; without any, with what all pages need. */
export interface Bundle {
  src: string;
  pages: string[];
}

interface Given {
  /** The one that all pages need, then those of the pages. */
  bundles: Bundle[];
  outline: Outline;
  /** The page on view. */
  current: () => Page | null;
  load: (...chunk: ChunkName) => Promise<unknown>;
  loadPage: (page: Page) => Promise<unknown>;
  /** Whether a page has arrived. */
  has: (page: Page) => boolean;
  whenQuiet: (call: () => void) => void;
}
type Fetch = () => Promise<unknown>;

// Of a course without bundles, so many pages beyond the one on view.
const PAGES = 9;

/** Whether the browser is asked to save data. */
export function savesData() {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return Boolean(connection?.saveData);
}

/**
 * One request at a time, each once nothing else is to be done; `moved()` is for each page that
 * comes on view, and goes on where a request has failed.
 */
export function createAhead(given: Given) {
  const { bundles, whenQuiet } = given;
  const fetched = new Set<Bundle>();
  let busy = false;

  async function run(fetch: Fetch) {
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
    const fetch: Fetch | null = bundle
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
 */
function wanted(
  [common, ...others]: Bundle[],
  fetched: Set<Bundle>,
  { outline, current, has }: Given,
) {
  if (!fetched.has(common)) return common;
  const at = Math.max(0, outline.pages.indexOf(current() as Page));
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

/** Of a long course, the next page of this module or the one after it that is not here. */
function nearPage({
  bundles,
  outline: { modules, pages },
  current,
  has,
  loadPage,
}: Given): Fetch | null {
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
