({
  /** What axe says of the page by some rules; ``once``: of what it has not yet met as it is now. */
  async axe({ rules, once }) {
    const [x, y] = [scrollX, scrollY];
    // From the top: what floats above the page covers something there only by mistake, and what has
    // gone out of sight in the contents is covered by nothing.
    scrollTo(0, 0);
    document.getElementById("contents")?.scrollTo(0, 0);
    const found = await axe.run({ include: document, exclude: once ? this.met(rules) : [] }, rules);
    scrollTo(x, y);
    return found;
  },

  /** The largest parts of the page that these rules have been asked about with the same HTML, state
      and colours in the same place: none with a landmark or a heading, which axe compares with each
      other, or with a frame. */
  met(rules) {
    const known = ((window.a11yMet ??= {})[JSON.stringify(rules)] ??= new Set());
    const shallow = (it) => it.cloneNode().outerHTML;
    const compared = "h1, h2, h3, h4, h5, h6, header, footer, nav, main, aside, section, form, iframe, video, audio, [role], [accesskey]";
    const floats = all("body *").filter((it) => shown(it) && /fixed|sticky/.test(getComputedStyle(it).position));
    const around = floats.map((it) => [shallow(it), ...Object.values(it.getBoundingClientRect().toJSON())]);
    const found = [];
    const look = (it, place) => {
      const { color, backgroundColor, fontSize, visibility } = getComputedStyle(it);
      const { x, y, width, height } = it.getBoundingClientRect();
      const state = all("input, textarea, select, details", it).map((one) => [one.checked, one.disabled, one.value, one.open]);
      const key = JSON.stringify([place, color, backgroundColor, fontSize, visibility, width, height, x >= 0, y >= 0, state, it.outerHTML]);
      const met = known.has(key);
      known.add(key);
      if (met && !it.matches(compared) && !it.querySelector(compared)) found.push(it);
      else for (const child of it.children) look(child, `${place}${shallow(it)}`);
    };
    look(document.body, JSON.stringify([innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches, shallow(document.documentElement), around]));
    return found;
  },

  /** Elements whose language is no language, and a direction that is not that of the language. */
  language({ language, rightToLeft }) {
    const valid = (tag) => {
      try {
        return Intl.getCanonicalLocales(tag).length === 1 && /^[a-z]{2,3}(-|$)/i.test(tag);
      } catch {
        return false;
      }
    };
    const found = all("[lang]")
      .filter((it) => !valid(it.lang))
      .map((it) => `lang="${it.lang}" is no language: ${brief(it)}`);
    const root = document.documentElement;
    if (root.lang !== language) found.push(`the page's lang is "${root.lang}", not "${language}"`);
    const direction = getComputedStyle(root).direction;
    if ((direction === "rtl") !== rightToLeft) found.push(`the page is written ${direction}`);
    return found;
  },

  title: () => ({
    title: document.title,
    // An error that is shown, not one that waits in a template.
    wrong: all('[aria-invalid="true"], .error-summary, [data-error]').some(shown),
  }),

  /** References to ids that no element has. */
  references() {
    const LISTS = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant",
      "aria-details", "aria-errormessage", "aria-flowto", "headers", "for", "form", "list", "popovertarget"];
    const found = [];
    for (const name of LISTS) {
      for (const it of all(`[${name}]`)) {
        for (const id of it.getAttribute(name).split(/\s+/).filter(Boolean)) {
          if (!document.getElementById(id)) found.push(`${name}="${id}" leads nowhere: ${brief(it)}`);
        }
      }
    }
    // The player’s own addresses are no ids: #/page, #/page/heading, #about, #end, #help.
    for (const it of all('a[href^="#"]')) {
      const id = decodeURIComponent(it.hash.slice(1));
      if (id && !/^(\/|about$|search$|end$|help$)/.test(id) && !document.getElementById(id)) {
        found.push(`the link #${id} leads nowhere: ${brief(it)}`);
      }
    }
    return found;
  },

  /** Words of links that lead to more than one place. */
  links() {
    const places = new Map();
    for (const it of all("a[href]").filter(shown)) {
      const name = (it.getAttribute("aria-label") ?? words(it)).toLowerCase();
      if (!name) continue;
      places.set(name, (places.get(name) ?? new Set()).add(it.href));
    }
    return [...places].filter(([, to]) => to.size > 1).map(([name, to]) => `“${name}” leads to ${[...to].join(" and ")}`);
  },

  /** Tables without headers, images without alt, videos without captions or transcript. */
  alternatives() {
    const found = [];
    // “Transcript” in the languages of the interface, and in the pseudo-language.
    const named = /transcri|transkrypcja|trawsgrifiad|النص المكتوب|تحریری متن|ਲਿਖਤੀ ਰੂਪ|Ţŕååñšçŕîîþţ/i;
    for (const table of all("table:not([role=presentation], [role=none])").filter(shown)) {
      if (!all("th", table).length) found.push(`a table without header cells: ${brief(table)}`);
    }
    for (const it of all("img")) {
      if (!it.hasAttribute("alt")) found.push(`an image without alt: ${brief(it)}`);
    }
    for (const it of all("video, audio").filter(shown)) {
      if (it.localName === "video" && !all('track[kind="captions"], track[kind="subtitles"]', it).length) {
        found.push(`a video without captions: ${brief(it)}`);
      }
      // In the video's figure or beside it: a transcript in place or a link to one.
      const holder = (it.closest("figure") ?? it).parentElement;
      const transcript = all("a[href], summary, button, h2, h3, h4", holder).some((one) =>
        named.test(one.textContent));
      if (!transcript) found.push(`no transcript beside ${brief(it)}`);
      if (it.autoplay) found.push(`it plays by itself: ${brief(it)}`);
    }
    return found;
  },

  /** What keeps a trainee from making the page larger, or moves it by itself. */
  scaling() {
    const found = [];
    for (const it of all('meta[name="viewport"]')) {
      const given = Object.fromEntries(it.content.toLowerCase().split(/[,;]/).map((one) => one.split("=").map((part) => part.trim())));
      if (["no", "0"].includes(given["user-scalable"])) found.push(`user-scalable=${given["user-scalable"]}`);
      if (Number(given["maximum-scale"]) < 5) found.push(`maximum-scale=${given["maximum-scale"]}`);
    }
    if (!all('meta[name="viewport"]').length) found.push("no meta viewport");
    for (const it of all('meta[http-equiv="refresh" i]')) found.push(`the page refreshes: ${it.outerHTML}`);
    return found;
  },
})
