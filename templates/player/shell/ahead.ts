// Fetches the rest of the course ahead of need, so that a lost connection costs no page.

import type { Outline, Page } from "../state/course.ts";
import type { ChunkName } from "../state/page-data.ts";

/** A file with the chunks of these pages; without pages, one that all pages need. */
export interface Bundle {
  src: string;
  pages: string[];
  /** The chunk that shows that it has arrived; if absent, "ahead" and its number. */
  chunk?: [kind: string, id: string];
}

interface Given {
  /** The common bundles first, then those with pages. */
  bundles: Bundle[];
  outline: Outline;
  /** The page on view. */
  current: () => Page | null;
  load: (...chunk: ChunkName) => Promise<unknown>;
  loadPage: (page: Page) => Promise<unknown>;
  /** Whether a page has loaded. */
  has: (page: Page) => boolean;
  whenQuiet: (call: () => void) => void;
}
type Fetch = () => Promise<unknown>;

// In a course without bundles, how many pages after the current one are fetched.
const PAGES = 9;

/** Whether the browser is set to save data. */
export function savesData() {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return Boolean(connection?.saveData);
}

/**
 * Makes one request at a time, when the browser is idle. Call `moved()` when another page is shown;
 * it also continues after a failed request.
 */
export function createAhead(given: Given) {
  const { bundles, whenQuiet } = given;
  const fetched = new Set<Bundle>();
  let busy = false;

  async function run(fetch: Fetch) {
    try {
      await fetch();
    } catch {
      // Offline: a notice appears once a page is needed that has not loaded.
      busy = false;
      return;
    }
    next();
  }

  function next() {
    const bundle = nextBundle(bundles, fetched, given);
    const fetch: Fetch | null = bundle
      ? async () => {
          const chunk = bundle.chunk ?? ["ahead", String(bundles.indexOf(bundle))];
          await given.load(...chunk, bundle.src);
          fetched.add(bundle);
        }
      : nextPage(given);
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
 * The bundle to fetch next: the common ones, then those from the current page on, then those before
 * it.
 */
function nextBundle(bundles: Bundle[], fetched: Set<Bundle>, { outline, current, has }: Given) {
  const common = bundles.find((bundle) => !bundle.pages.length && !fetched.has(bundle));
  if (common) return common;
  const at = Math.max(0, outline.pages.indexOf(current() as Page));
  const ids = new Map(outline.pages.map(({ id }, place) => [id, place]));
  const left = bundles.filter(
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
 * In a course without bundles, the next page of this module or the one after it that has not
 * loaded.
 */
function nextPage({
  bundles,
  outline: { modules, pages },
  current,
  has,
  loadPage,
}: Given): Fetch | null {
  const page = current();
  if (bundles.some(({ pages: paged }) => paged.length) || !page) return null;
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
