// What the server prints into the window of a package (builder/preview/packages/opened.py).

import type { Course } from "../../lms/manifest.ts";
import type { Printed } from "../server.ts";

/** A part that the learning system launches. */
export type Item = Course & { version: string };

export interface PrintedPackage extends Printed {
  /** Origin of the package for browsers that do not resolve `course`. */
  otherwise: string;
  title: string;
  /** What the package is, and which tool has made it. */
  about: string;
  /** A sentence that stays on view; "" for none. */
  notice: string;
  items: Item[];
  /** Whether scorm-builder has made the package. */
  own: boolean;
}
