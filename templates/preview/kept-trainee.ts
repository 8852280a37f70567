// What this window remembers of a trainee, for the case that the server is started anew.

/** @import {Message, Printed} from "./types" */
/** @typedef {{run: string, folder: string, messages: Message[]}} Kept */

const KEY = "scorm-builder-preview-record";

/**
 * A trainee belongs to the course that they were met in: `folder` tells it from others.
 *
 * @param {Printed} printed
 */
export function createKeptTrainee({ run, folder }) {
  return {
    /** @param {Message[]} messages What the learning system has heard of them. */
    keep(messages) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ run, folder, messages }));
      } catch {
        // More than a browser keeps: then the trainee begins anew.
        sessionStorage.removeItem(KEY);
      }
    },
    /**
     * What a run before has left in this window: the trainee's messages, and whether they are of
     * another course than this one. Null for nothing.
     */
    earlier() {
      /** @type {Kept | null} */
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      if (!kept || kept.run === run) return null;
      return { messages: kept.messages, another: kept.folder !== folder };
    },
  };
}
