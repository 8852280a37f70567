// A visit: whether it is recorded, and what saves it. Only this module makes or drops a saving.

/** @import {Link, Saving, Visit} from "../types" */

/**
 * The visit over a `link`, not recorded yet. `createSaving(link)` gives what saves.
 *
 * @param {Link} link
 * @param {(link: Link) => Saving} createSaving
 * @returns {Visit}
 */
export function createVisit(link, createSaving) {
  /** @type {Visit["saving"]} */
  const nothing = { save() {}, flush() {}, close() {}, stop() {}, confirmed: async () => "failed" };
  let saving = nothing;
  const visit = {
    link,
    get saving() {
      return saving;
    },
    get recorded() {
      return saving !== nothing;
    },
    begin() {
      saving = createSaving(link);
    },
    renew() {
      visit.end("stop");
      link.replace();
    },
    /** @param {"close" | "stop"} how */
    end(how) {
      saving[how]();
      saving = nothing;
    },
  };
  return visit;
}
