// Decides whether the trainee may have the certificate: once the LMS has confirmed the completion.

import { heldOf } from "./course-result.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work" | "view">;

const EARNED = ["passed", "completed"];

/**
 * Returns a function that decides it. In a recorded visit, the completion is confirmed if it was
 * there at launch or something has been saved since; in review, if the LMS holds it. In browse mode
 * and without an LMS there is no certificate.
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
