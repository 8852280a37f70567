// Changes the look of the course for its author: dark, large text, reduced motion. A page cannot
// set what its browser prefers, but it can rewrite media conditions and the size of its text.

/** The look; "" for the browser's preference. */
export interface Look {
  scheme: "" | "light" | "dark";
  /** Size of the text, in percent. */
  text: number;
  motion: "" | "reduce" | "no-preference";
}

const HOLDS = "(min-width: 0px)";
const FAILS = "(min-width: 9999999px)";

export function createLook() {
  let look: Look = { scheme: "", text: 100, motion: "" };
  const written = new WeakMap<MediaList, string>();
  const asked = new WeakMap<HTMLSourceElement, string>();
  let judged = new Set<CSSStyleSheet>();

  function apply(course: Window) {
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
      const wanted = judgedText(asked.get(source) as string);
      if (source.media !== wanted) source.media = wanted;
    }
  }

  function judge(media: MediaList) {
    if (!written.has(media)) written.set(media, media.mediaText);
    const wanted = judgedText(written.get(media) as string);
    if (media.mediaText !== wanted) media.mediaText = wanted;
  }

  const judgedText = (text: string) =>
    text
      .replace(/\(prefers-color-scheme:\s*(\w+)\)/g, (all, value) =>
        condition(all, look.scheme, value),
      )
      .replace(/\(prefers-reduced-motion(?::\s*([\w-]+))?\)/g, (all, value = "reduce") =>
        condition(all, look.motion, value),
      );

  return {
    set(wanted: Look, course: Window | null) {
      look = wanted;
      if (course) apply(course);
    },
    attach: apply,
    /** Applies the look to style sheets that were added or replaced. */
    refresh(course: Window) {
      if ([...course.document.styleSheets].some((sheet) => !judged.has(sheet))) apply(course);
    },
  };
}

const condition = (all: string, wanted: string, value: string) =>
  wanted ? (wanted === value ? HOLDS : FAILS) : all;

/** Every media rule, nested ones included. */
function* rulesOf(sheet: CSSStyleSheet | CSSMediaRule): Iterable<CSSMediaRule> {
  let rules: CSSRuleList;
  try {
    rules = sheet.cssRules;
  } catch {
    return;
  }
  for (const rule of rules) {
    if (!(rule.constructor.name === "CSSMediaRule")) continue;
    const media = rule as CSSMediaRule;
    yield media;
    yield* rulesOf(media);
  }
}
