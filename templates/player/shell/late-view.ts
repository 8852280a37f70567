// A view whose code loads when it is first opened.

import type { Chunks, LoadError } from "../app/chunks.ts";
import type { Say } from "../dom/words.ts";
import type { ChunkName } from "../state/page-data.ts";
import type { Notices } from "./notices.ts";

interface LateParts {
  chunks: Pick<Chunks, "loadAll">;
  notices: Notices;
  say: Say;
  /** Adds why a file did not load. */
  explain: (notice: HTMLElement, src?: string) => void;
}
interface LoadedView {
  text: Record<string, string>;
  html?: string;
}

/**
 * Shows the view of the address `#NAME` once its files have loaded, unless the trainee has moved
 * on. If they fail, shows a notice with the text `failed` and Retry.
 *
 * @param names The chunks to load; the last one is passed to `show`.
 */
export async function showLate(
  means: LateParts,
  name: string,
  failed: string,
  names: ChunkName[],
  show: (data: LoadedView) => void,
) {
  const { chunks, notices, say, explain } = means;
  try {
    const data = (await chunks.loadAll(names)).pop() as LoadedView;
    say.add(data.text);
    notices.hide(name);
    if (location.hash === `#${name}`) show(data);
  } catch (error) {
    const notice = notices.show(name, say(failed), {
      alert: true,
      actions: [[say("retry"), () => showLate(means, name, failed, names, show)]],
    });
    explain(notice, (error as LoadError).src);
  }
}
