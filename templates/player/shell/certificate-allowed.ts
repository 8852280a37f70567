// Whether a trainee may have the certificate: once the LMS has confirmed the end of the course.

import { heldOf } from "./course-result.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work" | "view">;

const EARNED = ["passed", "completed"];

/**
 * Gives a function that says so. In a visit that is recorded, the end counts as confirmed where it
 * was there at the start, or something was saved since; in one that looks back, where the LMS holds
 * it. One who only looks at the course (browse), and a page without an LMS, gets none.
 */
export function createCertificateAllowed(parts: Parts): () => boolean {
  const { visit, view } = parts;
  const { link } = visit;
  const earned = () => EARNED.includes(String(heldOf(parts).status));
  let confirmed = earned();
  view.status.listen((outcome) => {
    confirmed ||= outcome === "saved" && earned();
  });
  const browsed = () => link.session.get("cmi.core.lesson_mode") === "browse";
  return () => link.known && (visit.recorded ? confirmed : earned()) && !browsed();
}
