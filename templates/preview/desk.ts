// State that the parts of the author's window share.

import type { Call } from "../lms/log.ts";
import type { Message } from "../lms/stored.ts";
import type { Faults } from "./faults.ts";
import type { TrackingRules } from "./outcome.ts";
import type { Problem } from "./problems.ts";
import type { Remark } from "./remarks.ts";
import type { Results } from "./results.ts";
import type { Printed, Server } from "./server.ts";
import type { Learning } from "./systems.ts";

/** The course as it is now. Title, version and pages are those of the files that are shown. */
export interface View {
  edition: number;
  held: boolean;
  /** Whether there are newer files than the held ones. */
  behind: boolean;
  uploaded: string;
  good: boolean;
  wrong: boolean;
  title: string;
  version: string;
  draft: boolean;
  /** Whether the course has scenarios. */
  scenarios: boolean;
  /** Whether the course has a certificate. */
  certificate: boolean;
  tracking: TrackingRules | null;
  pages: { id: string; title: string; path: string }[];
  problems: Problem[];
  remarks: Remark[];
  results: Results;
}

export interface RecordSoFar {
  messages: Message[];
  faults: Faults;
  calls: Call[];
  /** Total number of calls. */
  count: number;
}

export interface Desk {
  printed: Printed;
  name: string;
  server: Server;
  view: View | null;
  record: RecordSoFar;
  learning: Learning | null;
  /** Id of the page on view. */
  page: string;
  /** How often the author has changed a fault or the hold, and the server has confirmed it. */
  touched: number;
  /** Number of these changes that the server has not confirmed. */
  unheard: number;
}
