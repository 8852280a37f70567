// What the parts of the author's window share.

import type { Call } from "../lms/log.ts";
import type { Message } from "../lms/stored.ts";
import type { Faults } from "./faults.ts";
import type { TrackingRules } from "./outcome.ts";
import type { Problem } from "./problems.ts";
import type { Remark } from "./remarks.ts";
import type { Printed, Server } from "./server.ts";
import type { Learning } from "./systems.ts";

/** The course as it is. Title, version and pages are those of the files on view. */
export interface View {
  edition: number;
  held: boolean;
  /** Whether there are newer files than those that are held. */
  behind: boolean;
  uploaded: string;
  good: boolean;
  wrong: boolean;
  title: string;
  version: string;
  draft: boolean;
  /** Whether whoever finishes gets one. */
  certificate: boolean;
  tracking: TrackingRules | null;
  pages: { id: string; title: string; path: string }[];
  problems: Problem[];
  remarks: Remark[];
}

export interface RecordSoFar {
  messages: Message[];
  faults: Faults;
  calls: Call[];
  /** How many calls there are in all. */
  count: number;
}

/** What the parts of the window share. */
export interface Desk {
  printed: Printed;
  name: string;
  server: Server;
  view: View | null;
  record: RecordSoFar;
  learning: Learning | null;
  /** The page on view. */
  page: string;
  /** How often the author has changed the faults or held the package, as the server has heard. */
  touched: number;
  /** Of how many of these it has still to hear. */
  unheard: number;
}
