// How the course is to look for its author: dark, large, without motion. A page cannot set what its
// browser prefers; it can rewrite the conditions that ask for it, and the size of its own text.

/** @import {Look} from "./types" */

const HOLDS = "(min-width: 0px)";
const FAILS = "(min-width: 9999999px)";

export function createLook() {
  /** @type {Look} */
  let look = { scheme: "", text: 100, motion: "" };
  /** @type {WeakMap<MediaList, string>} */
  const written = new WeakMap();
  /** @type {WeakMap<HTMLSourceElement, string>} */
  const asked = new WeakMap();
  /** @type {Set<CSSStyleSheet>} */
  let judged = new Set();

  /** @param {Window} course */
  function apply(course) {
    const { documentElement: root, styleSheets } = course.document;
    root.style.fontSize = look.text === 100 ? "" : `${look.text}%`;
    root.style.colorScheme = look.scheme;
    for (const sheet of styleSheets) {
      judge(sheet.media);
      for (const rule of rulesOf(sheet)) judge(rule.media);
    }
    judged = new Set(styleSheets);
    for (const source of course.document.querySelectorAll("source")) {
      if (!asked.has(source)) asked.set(source, source.media);
      const wanted = judgedText(/** @type {string} */ (asked.get(source)));
      if (source.media !== wanted) source.media = wanted;
    }
  }

  /** @param {MediaList} media */
  function judge(media) {
    if (!written.has(media)) written.set(media, media.mediaText);
    const wanted = judgedText(/** @type {string} */ (written.get(media)));
    if (media.mediaText !== wanted) media.mediaText = wanted;
  }

  /** @param {string} text */
  const judgedText = (text) =>
    text
      .replace(/\(prefers-color-scheme:\s*(\w+)\)/g, (all, value) => said(all, look.scheme, value))
      .replace(/\(prefers-reduced-motion(?::\s*([\w-]+))?\)/g, (all, value = "reduce") =>
        said(all, look.motion, value),
      );

  return {
    /** @param {Look} wanted @param {Window | null} course */
    set(wanted, course) {
      look = wanted;
      if (course) apply(course);
    },
    attach: apply,
    /** Styles may have come since, or have been written anew. @param {Window} course */
    refresh(course) {
      if ([...course.document.styleSheets].some((sheet) => !judged.has(sheet))) apply(course);
    },
  };
}

/** @param {string} all @param {string} wanted @param {string} value */
const said = (all, wanted, value) => (wanted ? (wanted === value ? HOLDS : FAILS) : all);

/**
 * Every rule with a condition.
 *
 * @param {CSSStyleSheet | CSSMediaRule} sheet
 * @returns {Iterable<CSSMediaRule>}
 */
function* rulesOf(sheet) {
  let rules;
  try {
    rules = sheet.cssRules;
  } catch {
    return;
  }
  for (const rule of rules) {
    if (!(rule.constructor.name === "CSSMediaRule")) continue;
    const media = /** @type {CSSMediaRule} */ (rule);
    yield media;
    yield* rulesOf(media);
  }
}
