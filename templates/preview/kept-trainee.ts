// What this window remembers of a trainee, for the case that the server is started anew.

import type { Message } from "../lms/stored.ts";
import type { Printed } from "./server.ts";

type Kept = { run: string; folder: string; messages: Message[] };

const KEY = "scorm-builder-preview-record";

/** A trainee belongs to the course that they were met in: `folder` tells it from others. */
export function createKeptTrainee({ run, folder }: Printed) {
  return {
    /** @param messages What the learning system has heard of them. */
    keep(messages: Message[]) {
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
      const kept: Kept | null = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      if (!kept || kept.run === run) return null;
      return { messages: kept.messages, another: kept.folder !== folder };
    },
  };
}
