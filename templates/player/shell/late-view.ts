// A view whose code comes with its first use.

import type { Chunks, LoadError } from "../app/chunks.ts";
import type { Say } from "../dom/words.ts";
import type { ChunkName } from "../state/page-data.ts";
import type { Notices } from "./notices.ts";

interface Means {
  chunks: Pick<Chunks, "loadAll">;
  notices: Notices;
  say: Say;
  /** Adds why a file is not there. */
  explain: (notice: HTMLElement, src?: string) => void;
}
interface Brought {
  text: Record<string, string>;
  html?: string;
}

/**
 * Shows the view of an address, `#NAME`, once what it needs is there, unless the trainee has gone
 * on meanwhile. That it did not come is said, in the words of the key `failed`, with a way to try
 * again.
 *
 * @param names What it needs; the last brings its data.
 */
export async function showLate(
  means: Means,
  name: string,
  failed: string,
  names: ChunkName[],
  show: (data: Brought) => void,
) {
  const { chunks, notices, say, explain } = means;
  try {
    const data = (await chunks.loadAll(names)).pop() as Brought;
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
