// The interface texts in the course's language.

/** Values for the {placeholders} of a text. */
export type Values = Record<string, string | number>;

/** Returns a text with its {placeholders} filled in; numbers are formatted for the language. */
export interface Say {
  (key: string, values?: Values): string;
  /**
   * The text for a number: `key_one`, `key_other` and so on, by the plural rules of the language.
   */
  count(key: string, n: number, values?: Values): string;
  /** A number, formatted for the language. */
  number(n: number): string;
  /** Adds texts that come with a page or part. */
  add(more: Record<string, string>): void;
  /** Language tag for formatting numbers with `toLocaleString`. */
  language(): string;
  /**
   * Changes the texts and their language. `plurals` is the tag whose plural forms they have, by
   * default the same.
   */
  turn(texts: Record<string, string>, tag: string, plurals?: string): void;
  /** Language tag of the texts, also if the browser cannot format numbers and dates in it. */
  tag: string;
  /** Tag of the translation in use; empty for the source language. */
  translation?: string;
  /**
   * Whether the page is only being shown again in another language: its components keep what they
   * hold back.
   */
  turning?: boolean;
}

// Formats are British if the course only says “en”, and if the browser does not accept its tag.
function locale(language: string) {
  try {
    return language === "en" ? "en-GB" : Intl.getCanonicalLocales(language)[0];
  } catch {
    return "en-GB";
  }
}

// Chromium has plural rules for Welsh, but no dates, numbers and lists: it would use the browser's
// language for them.
export const supports = (
  format: { supportedLocalesOf(language: string): string[] },
  language: string,
) => format.supportedLocalesOf(language).length > 0;

export function createWords(
  source: Record<string, string>,
  sourceTag: string,
  sourcePlurals?: string,
): Say {
  let texts: Record<string, string>;
  let rules: Intl.PluralRules;
  let numbers: string;
  let latin: boolean | null;
  // Lazy, because the first use loads the number formats of all languages: 80 ms on a slow phone.
  const forNumbers = () => {
    numbers ||= supports(Intl.NumberFormat, say.tag) ? say.tag : "en-GB";
    return numbers;
  };
  // Lazy as well: it takes some ms of the start on a slow phone.
  const isLatin = () => {
    latin ??= new Intl.Locale(say.tag).maximize().script === "Latn";
    return latin;
  };
  const formatValue = (value: string | number) =>
    typeof value === "number" ? say.number(value) : value;
  const say = (key: string, values: Values = {}) => {
    if (!(key in texts)) console.error(`scorm-builder: no text “${key}”`);
    return (texts[key] ?? key).replace(/\{(\w+)\}/g, (placeholder, name) =>
      formatValue(values[name] ?? placeholder),
    );
  };
  say.count = (key: string, n: number, values: Values = {}) => {
    const chosen = `${key}_${rules.select(n)}`;
    return say(chosen in texts ? chosen : `${key}_other`, { n, ...values });
  };
  // Whole numbers below 1,000 look the same in all languages in Latin script. In ICU, Toki Pona is
  // the only exception.
  say.number = (n: number) =>
    n >= 0 && n < 1000 && Number.isInteger(n) && isLatin()
      ? String(n)
      : n.toLocaleString(forNumbers());
  say.add = (more: Record<string, string>) => Object.assign(texts, more);
  say.tag = "";
  say.language = forNumbers;
  say.turn = (more: Record<string, string>, tag: string, plurals?: string) => {
    texts = more;
    say.tag = locale(tag);
    rules = new Intl.PluralRules(plurals ?? say.tag);
    latin = null;
    numbers = "";
  };
  say.turn(source, sourceTag, sourcePlurals);
  return say;
}

/** Joins texts in the course's language, as in “a, b and c”. */
export function listInWords(items: string[], tag: string) {
  const language = locale(tag);
  return supports(Intl.ListFormat, language)
    ? new Intl.ListFormat(language).format(items)
    : items.join(", ");
}

/** Formats hundredths of a percent, such as 81.25%. */
export const percent = (say: Say, hundredths: number) =>
  (hundredths / 10000).toLocaleString(say.language(), {
    style: "percent",
    maximumFractionDigits: 2,
  });
