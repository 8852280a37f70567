// Stores the trainee in this window, in case the server is restarted.

import type { Message } from "../lms/stored.ts";
import type { Printed } from "./server.ts";

type Kept = { run: string; folder: string; messages: Message[] };

const KEY = "scorm-builder-preview-record";

/** A trainee belongs to one course, which `folder` identifies. */
export function createKeptTrainee({ run, folder }: Printed) {
  return {
    /** @param messages What has reached the learning system. */
    keep(messages: Message[]) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ run, folder, messages }));
      } catch {
        // Too large for the browser's storage: the trainee starts again after a restart.
        sessionStorage.removeItem(KEY);
      }
    },
    /**
     * What an earlier run has left in this window: the trainee's messages, and whether they belong
     * to another course. Null if there is none.
     */
    earlier() {
      const kept: Kept | null = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      if (!kept || kept.run === run) return null;
      return { messages: kept.messages, another: kept.folder !== folder };
    },
  };
}
