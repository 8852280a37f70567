// A visit: whether it is recorded, and what saves it. Only this module makes or drops a saving.

import type { Say } from "../dom/words.ts";
import type { Timer } from "../lms/pace.ts";
import type { Saving } from "../lms/saving.ts";
import type { Confirmed } from "../lms/status-and-score.ts";
import type { Notices } from "../shell/notices.ts";
import type { SaveStatus } from "../shell/save-status.ts";
import type { WholeCourse } from "../state/course.ts";
import type { Guard } from "./errors.ts";
import type { Link } from "./lms-link.ts";
import type { Content, Pages } from "./pages.ts";
import type { Work } from "./work.ts";

/** A visit, in which work is recorded or not. */
export interface Visit {
  link: Link;
  /** Whether what is done now is recorded. */
  readonly recorded: boolean;
  /** What saves; it does nothing where nothing is recorded. */
  readonly saving: Omit<Saving, "reported" | "flush" | "close"> & {
    reported?: Confirmed;
    flush(): void;
    close(): boolean | null | undefined;
  };
  /** Record from now on. */
  begin(): void;
  /** The LMS is gone, and another one there: record nothing until the visit begins with that. */
  renew(): void;
  /** Record no more: "close" saves and closes the visit, "stop" writes nothing more. */
  end(how: "close" | "stop"): void;
}

/** What the trainee sees and is told. */
export interface View extends Pages {
  say: Say;
  notices: Notices;
  status: SaveStatus;
  guard: Guard;
  timer: Timer;
}

/** What the parts of a visit share. */
export interface VisitParts {
  visit: Visit;
  course: WholeCourse;
  content: Content;
  work: Work;
  view: Pick<View, "say" | "notices" | "status" | "guard" | "timer">;
}

/** The visit over a `link`, not recorded yet. `createSaving(link)` gives what saves. */
export function createVisit(link: Link, createSaving: (link: Link) => Saving): Visit {
  const nothing: Visit["saving"] = {
    save() {},
    flush() {},
    close() {},
    stop() {},
    confirmed: async () => "failed",
  };
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
    end(how: "close" | "stop") {
      saving[how]();
      saving = nothing;
    },
  };
  return visit;
}
