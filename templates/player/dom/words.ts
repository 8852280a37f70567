// The words of the interface in the course's language.

/** Values for the {names} of a text. */
export type Values = Record<string, string | number>;

/** The words of the interface in the course's language. */
export interface Say {
  (key: string, values?: Values): string;
  /** The text for a number: key_one or key_other and so on. */
  count(key: string, n: number, values?: Values): string;
  /** More texts, which a page brings along. */
  add(more: Record<string, string>): void;
  /** Hundredths of a percent in words. */
  percent(hundredths: number): string;
  /** A day, written 2026-01-31, in words. */
  day(date: string): string;
  /** The language of numbers, for `toLocaleString`. */
  language(): string;
}

// Dates and numbers are British where a course only says that it is in English, and where the
// browser takes its language for no language at all.
function locale(language: string) {
  try {
    return language === "en" ? "en-GB" : Intl.getCanonicalLocales(language)[0];
  } catch {
    return "en-GB";
  }
}

// Chromium counts in Welsh, but has no Welsh days, numbers and lists: it would take the language of
// the browser for them.
const speaks = (format: { supportedLocalesOf(language: string): string[] }, language: string) =>
  format.supportedLocalesOf(language).length > 0;

function dayInWords(date: string, language: string, say: (key: string) => string) {
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
 * plural rules of the language. `say.language()` is the one for numbers.
 */
export function createWords(texts: Record<string, string>, tag: string): Say {
  const language = locale(tag);
  let numbers = "";
  // The first number takes a slow phone 80 ms: the browser reads the numbers of all languages.
  const forNumbers = () => {
    numbers ||= speaks(Intl.NumberFormat, language) ? language : "en-GB";
    return numbers;
  };
  const rules = new Intl.PluralRules(language);
  const written = (value: string | number) =>
    typeof value === "number" ? value.toLocaleString(forNumbers()) : value;
  const say = (key: string, values: Values = {}) => {
    if (!(key in texts)) console.error(`scorm-builder: no text “${key}”`);
    return (texts[key] ?? key).replace(/\{(\w+)\}/g, (placeholder, name) =>
      written(values[name] ?? placeholder),
    );
  };
  say.count = (key: string, n: number, values: Values = {}) => {
    const chosen = `${key}_${rules.select(n)}`;
    return say(chosen in texts ? chosen : `${key}_other`, { n, ...values });
  };
  /** More texts, which a page brings along. */
  say.add = (more: Record<string, string>) => Object.assign(texts, more);
  /** Hundredths of a percent in words: 81.25%. */
  say.percent = (hundredths: number) =>
    (hundredths / 10000).toLocaleString(forNumbers(), {
      style: "percent",
      maximumFractionDigits: 2,
    });
  /** A day, written 2026-01-31, in words. */
  say.day = (date: string) => dayInWords(date, language, say);
  say.language = forNumbers;
  return say;
}

/** Texts as a list in the language of the course: a, b and c. */
export function listInWords(items: string[], tag: string) {
  const language = locale(tag);
  return speaks(Intl.ListFormat, language)
    ? new Intl.ListFormat(language).format(items)
    : items.join(", ");
}
