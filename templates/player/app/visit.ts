// A visit: whether it is recorded, and its saving. Only this module creates or drops a saving.

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

/** A visit, recorded or not. */
export interface Visit {
  link: Link;
  /** Whether the work is recorded. */
  readonly recorded: boolean;
  /** Saves the visit; does nothing while it is not recorded. */
  readonly saving: Omit<Saving, "reported" | "flush" | "close"> & {
    reported?: Confirmed;
    flush(): void;
    close(): boolean | null | undefined;
  };
  /** Starts recording. */
  begin(): void;
  /** Replaces a lost LMS: records nothing until `begin()` with the new one. */
  renew(): void;
  /** Stops recording. "close" saves and closes the visit; "stop" writes nothing more. */
  end(how: "close" | "stop"): void;
}

/** The view: pages, texts, notices, save status. */
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

/** A visit over a `link`, not recorded yet. `createSaving(link)` creates the saving. */
export function createVisit(link: Link, createSaving: (link: Link) => Saving): Visit {
  const nothing: Visit["saving"] = {
    save() {},
    hold() {},
    again() {},
    flush() {},
    close() {},
    cut: () => false,
    settled: () => false,
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
