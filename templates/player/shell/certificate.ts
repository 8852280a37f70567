// The certificate: a sheet with the result in the LMS and the day of completion.

import { dayInWords } from "../dom/dates.ts";
import { percent } from "../dom/words.ts";
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
  /** "" if the LMS gives no name. */
  learner: string;
  /** What the LMS has confirmed. */
  held: Partial<Confirmed>;
  /** Whether the LMS returned a status in this visit. */
  says: boolean;
  /** The modules of which a test-out has shown pages, as text. */
  shown: string;
  /** The stored day of completion. */
  finished: string | null;
  mark: Hundredths;
  say: Say;
  navigation: Navigation;
  back: HTMLElement;
}

const DAY = 86400000;

/** Shows the sheet. Returns a function that prints it. */
export function showCertificate(given: Given) {
  const { html, say, navigation, back } = given;
  const view = fragment(html);
  // The sheet fits both A4 and Letter.
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
  // For print.css, which prints only the sheet. :has() needs newer browsers.
  status.parentElement?.classList.add("has-certificate");
  return async () => {
    await Promise.allSettled(images.map((image) => image.decode()));
    print();
  };
}

/** Writes the name, and where it comes from. */
function write(
  sheet: Element,
  { learner, says, say }: Given,
  { name, typed }: ReturnType<typeof createPrintedName>,
) {
  const shownName = name() || say("no_name");
  const place = sheet.querySelector(".certificate-name") as Element;
  place.classList.toggle("long", shownName.length > 30);
  (place.firstElementChild as Element).textContent = shownName;
  const sourceKey = typed() ? "said_typed" : says ? "said_held" : "said_confirmed";
  (sheet.querySelector("[data-said]") as Element).textContent = say(sourceKey, {
    name: learner || "–",
  });
}

function fill(sheet: Element, { digest, held, finished, mark, shown, say }: Given) {
  const { status, score } = held;
  const words: Record<string, string> = {
    result: say(String(status)),
    finished: isPlausible(finished) ? dayInWords(say, String(finished)) : say("day_unknown"),
    score: score == null ? "" : percent(say, shownScore(score, mark)),
    digest: digest.slice(0, 16),
    shown,
  };
  const places = sheet.querySelectorAll("[data-sheet]") as NodeListOf<HTMLElement>;
  for (const place of places) {
    const text = words[String(place.dataset.sheet)];
    place.textContent = text;
    if (!text) place.parentElement?.remove();
  }
}

/**
 * Whether the day of completion is plausible. A later day than tomorrow, which may be today in
 * another time zone, comes from a wrong clock.
 */
const isPlausible = (day: string | null) =>
  Boolean(day) && Date.parse(String(day)) - Date.parse(today()) <= DAY;
