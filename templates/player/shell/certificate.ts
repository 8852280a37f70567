// The certificate: a sheet that says what the LMS has, and on which day the course was finished.

import { el, fragment } from "../dom/element.js";
import { createPrintedName } from "../page/printed-name.js";
import { printPage } from "../page/copy-save-print.js";
import { today } from "../state/days.js";
import { shownScore } from "../state/scoring.js";

/** @import {Confirmed, Hundredths, Navigation, Say} from "../types" */
/**
 * @typedef {object} Given
 * @property {string} html
 * @property {string} digest
 * @property {string} learner "" where the LMS gives no name.
 * @property {Partial<Confirmed>} held What the LMS has confirmed.
 * @property {boolean} says Whether it says so itself in this visit.
 * @property {string | null} finished The day that was kept.
 * @property {Hundredths} mark
 * @property {Say} say
 * @property {Navigation} navigation
 * @property {HTMLElement} back
 */

const DAY = 86400000;

/**
 * Shows the sheet. Gives what prints it.
 *
 * @param {Given} given
 */
export function showCertificate(given) {
  const { html, say, navigation, back } = given;
  const view = fragment(html);
  // Paper of either size: the sheet leaves room on both.
  view.append(el("style", {}, "@page{size:auto}"), el("p", {}, back));
  const status = /** @type {HTMLElement} */ (view.querySelector("[role=status]"));
  const images = [...view.querySelectorAll("img")];
  const sheet = /** @type {Element} */ (view.querySelector(".certificate"));
  const name = createPrintedName({
    place: /** @type {Element} */ (view.querySelector(".printed-name")),
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

/**
 * The name, and whose word it is.
 *
 * @param {Element} sheet
 * @param {Given} given
 * @param {ReturnType<typeof createPrintedName>} name
 */
function write(sheet, { learner, says, say }, { name, typed }) {
  const told = name() || say("no_name");
  const place = /** @type {Element} */ (sheet.querySelector(".certificate-name"));
  place.classList.toggle("long", told.length > 30);
  /** @type {Element} */ (place.firstElementChild).textContent = told;
  const whose = typed() ? "said_typed" : says ? "said_held" : "said_confirmed";
  /** @type {Element} */ (sheet.querySelector("[data-said]")).textContent = say(whose, {
    name: learner || "–",
  });
}

/**
 * @param {Element} sheet
 * @param {Given} given
 */
function fill(sheet, { digest, held, finished, mark, say }) {
  const { status, score } = held;
  /** @type {Record<string, string>} */
  const words = {
    result: say(String(status)),
    finished: dayOf(finished) ? say.day(String(finished)) : say("day_unknown"),
    score: score == null ? "" : say.percent(shownScore(score, mark)),
    digest: digest.slice(0, 16),
  };
  const places = /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("[data-sheet]"));
  for (const place of places) {
    const text = words[String(place.dataset.sheet)];
    place.textContent = text;
    if (!text) place.parentElement?.remove();
  }
}

/**
 * Whether a day can be one on which something was finished. One that is still to come is of a clock
 * that was wrong; tomorrow may be today somewhere else.
 *
 * @param {string | null} day
 */
const dayOf = (day) => Boolean(day) && Date.parse(String(day)) - Date.parse(today()) <= DAY;
