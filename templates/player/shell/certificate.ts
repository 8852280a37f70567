// The certificate: a sheet that says what the LMS has, and on which day the course was finished.

import { el, fragment } from "../dom/element.ts";
import { createPrintedName } from "../page/printed-name.ts";
import { printPage } from "../page/copy-save-print.ts";
import { today } from "../state/days.ts";
import { shownScore, type Hundredths } from "../state/scoring.ts";
import type { Say } from "../dom/words.ts";
import type { Confirmed } from "../lms/status-and-score.ts";
import type { Navigation } from "./navigation.ts";

interface Given {
  html: string;
  digest: string;
  /** "" where the LMS gives no name. */
  learner: string;
  /** What the LMS has confirmed. */
  held: Partial<Confirmed>;
  /** Whether it says so itself in this visit. */
  says: boolean;
  /** The day that was kept. */
  finished: string | null;
  mark: Hundredths;
  say: Say;
  navigation: Navigation;
  back: HTMLElement;
}

const DAY = 86400000;

/** Shows the sheet. Gives what prints it. */
export function showCertificate(given: Given) {
  const { html, say, navigation, back } = given;
  const view = fragment(html);
  // Paper of either size: the sheet leaves room on both.
  view.append(el("style", {}, "@page{size:auto}"), el("p", {}, back));
  const status = view.querySelector("[role=status]") as HTMLElement;
  const images = [...view.querySelectorAll("img")];
  const sheet = view.querySelector(".certificate") as Element;
  const name = createPrintedName({
    place: view.querySelector(".printed-name") as Element,
    learner: () => given.learner,
    changed: () => write(sheet, given, name),
  });
  fill(sheet, given);
  write(sheet, given, name);
  const print = () => printPage(status, say);
  view.querySelector("[data-print]")?.addEventListener("click", print);
  navigation.view(...view.childNodes);
  // The mark for print, which leaves only the sheet; :has() would need younger browsers.
  status.parentElement?.classList.add("has-certificate");
  return async () => {
    await Promise.allSettled(images.map((image) => image.decode()));
    print();
  };
}

/** The name, and whose word it is. */
function write(
  sheet: Element,
  { learner, says, say }: Given,
  { name, typed }: ReturnType<typeof createPrintedName>,
) {
  const told = name() || say("no_name");
  const place = sheet.querySelector(".certificate-name") as Element;
  place.classList.toggle("long", told.length > 30);
  (place.firstElementChild as Element).textContent = told;
  const whose = typed() ? "said_typed" : says ? "said_held" : "said_confirmed";
  (sheet.querySelector("[data-said]") as Element).textContent = say(whose, {
    name: learner || "–",
  });
}

function fill(sheet: Element, { digest, held, finished, mark, say }: Given) {
  const { status, score } = held;
  const words: Record<string, string> = {
    result: say(String(status)),
    finished: dayOf(finished) ? say.day(String(finished)) : say("day_unknown"),
    score: score == null ? "" : say.percent(shownScore(score, mark)),
    digest: digest.slice(0, 16),
  };
  const places = sheet.querySelectorAll("[data-sheet]") as NodeListOf<HTMLElement>;
  for (const place of places) {
    const text = words[String(place.dataset.sheet)];
    place.textContent = text;
    if (!text) place.parentElement?.remove();
  }
}

/**
 * Whether a day can be one on which something was finished. One that is still to come is of a clock
 * that was wrong; tomorrow may be today somewhere else.
 */
const dayOf = (day: string | null) =>
  Boolean(day) && Date.parse(String(day)) - Date.parse(today()) <= DAY;
