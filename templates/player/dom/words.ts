// The words of the interface in the course's language.

/** @import {Hundredths, Say, Values} from "../types" */

// Dates and numbers are British where a course only says that it is in English, and where the
// browser takes its language for no language at all.
/** @param {string} language */
function locale(language) {
  try {
    return language === "en" ? "en-GB" : Intl.getCanonicalLocales(language)[0];
  } catch {
    return "en-GB";
  }
}

// Chromium counts in Welsh, but has no Welsh days, numbers and lists: it would take the language of
// the browser for them.
/**
 * @param {{supportedLocalesOf(language: string): string[]}} format
 * @param {string} language
 */
const speaks = (format, language) => format.supportedLocalesOf(language).length > 0;

/**
 * @param {string} date
 * @param {string} language
 * @param {(key: string) => string} say
 */
function dayInWords(date, language, say) {
  if (speaks(Intl.DateTimeFormat, language)) {
    const day = new Date(`${date}T12:00`).toLocaleDateString(language, { dateStyle: "long" });
    // French says “1er novembre”, which no browser knows.
    return day.replace(/^1(?= )/, say("first"));
  }
  const [year, month, day] = date.split("-");
  return `${Number(day)} ${say("months").split(" ")[Number(month) - 1]} ${year}`;
}

/**
 * `say(key, values)` gives a text with its {names} filled in, numbers as the language writes them;
 * `say.count(key, n, values)` picks the text for a number, key_one or key_other and so on, by the
 * plural rules of the language. `say.language` is the one for numbers.
 *
 * @param {Record<string, string>} texts
 * @param {string} tag
 * @returns {Say}
 */
export function createWords(texts, tag) {
  const language = locale(tag);
  const numbers = speaks(Intl.NumberFormat, language) ? language : "en-GB";
  const rules = new Intl.PluralRules(language);
  /** @param {string | number} value */
  const written = (value) => (typeof value === "number" ? value.toLocaleString(numbers) : value);
  /**
   * @param {string} key
   * @param {Values} [values]
   */
  const say = (key, values = {}) => {
    if (!(key in texts)) console.error(`scorm-builder: no text “${key}”`);
    return (texts[key] ?? key).replace(/\{(\w+)\}/g, (placeholder, name) =>
      written(values[name] ?? placeholder),
    );
  };
  /**
   * @param {string} key
   * @param {number} n
   * @param {Values} [values]
   */
  say.count = (key, n, values = {}) => {
    const chosen = `${key}_${rules.select(n)}`;
    return say(chosen in texts ? chosen : `${key}_other`, { n, ...values });
  };
  /**
   * More texts, which a page brings along.
   *
   * @param {Record<string, string>} more
   */
  say.add = (more) => Object.assign(texts, more);
  /**
   * Hundredths of a percent in words: 81.25%.
   *
   * @param {Hundredths} hundredths
   */
  say.percent = (hundredths) =>
    (hundredths / 10000).toLocaleString(numbers, { style: "percent", maximumFractionDigits: 2 });
  /**
   * A day, written 2026-01-31, in words.
   *
   * @param {string} date
   */
  say.day = (date) => dayInWords(date, language, say);
  /**
   * Texts one after another: a, b and c.
   *
   * @param {string[]} items
   */
  say.list = (items) =>
    speaks(Intl.ListFormat, language)
      ? new Intl.ListFormat(language).format(items)
      : items.join(", ");
  say.language = numbers;
  return say;
}
