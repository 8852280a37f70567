// A view whose code comes with its first use.

/** @import {ChunkName, Chunks, LoadError, Notices, Say} from "../types" */
/**
 * @typedef {object} Means
 * @property {Pick<Chunks, "loadAll">} chunks
 * @property {Notices} notices
 * @property {Say} say
 * @property {(notice: HTMLElement, src?: string) => void} explain Adds why a file is not there.
 */
/**
 * @typedef {object} Brought
 * @property {Record<string, string>} text
 * @property {string} [html]
 */

/**
 * Shows the view of an address, `#NAME`, once what it needs is there, unless the trainee has gone
 * on meanwhile. That it did not come is said, in the words of the key `failed`, with a way to try
 * again.
 *
 * @param {Means} means
 * @param {string} name
 * @param {string} failed
 * @param {ChunkName[]} names What it needs; the last brings its data.
 * @param {(data: Brought) => void} show
 */
export async function showLate(means, name, failed, names, show) {
  const { chunks, notices, say, explain } = means;
  try {
    const data = /** @type {Brought} */ ((await chunks.loadAll(names)).pop());
    say.add(data.text);
    notices.hide(name);
    if (location.hash === `#${name}`) show(data);
  } catch (error) {
    const notice = notices.show(name, say(failed), {
      alert: true,
      actions: [[say("retry"), () => showLate(means, name, failed, names, show)]],
    });
    explain(notice, /** @type {LoadError} */ (error).src);
  }
}
