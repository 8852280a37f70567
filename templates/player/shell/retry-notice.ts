// A notice that something failed, with a Retry button.

import type { Say } from "../dom/words.ts";
import type { Action, Notices } from "./notices.ts";

export const showRetry = (
  { notices, say }: { notices: Notices; say: Say },
  subject: string,
  words: string,
  retry: Action[1],
  alert = true,
) => notices.show(subject, words, { alert, actions: [[say("retry"), retry]] });
