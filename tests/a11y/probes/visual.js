({
  /** What every element that can be seen is drawn by: its kind, its class and those round it; and
      the same, without what it says, of controls and of what floats above the page. */
  looks() {
    const seen = all("body *").filter(shown);
    const kind = (it) => [it.localName, it.type ?? "", it.className.baseVal ?? it.className,
      it.parentElement.className.baseVal ?? it.parentElement.className];
    return {
      looks: seen.map((it) => [...kind(it), it.ariaInvalid ?? "", String(Boolean(it.checked)),
        it.closest(".feedback, .error-summary")?.className ?? ""]),
      controls: seen.filter((it) => focusable(it) || /fixed|sticky/.test(getComputedStyle(it).position))
        .map((it) => ["control", it.role ?? "", ...kind(it)]),
    };
  },

  /** Ready for a picture: nothing is on its way to another look. How far the window has scrolled. */
  still() {
    for (const one of document.getAnimations()) {
      if (one.effect.getComputedTiming().endTime === Infinity) one.cancel();
      else one.finish();
    }
    return [top.scrollX, top.scrollY];
  },

  /** What sticks out of the window at its end, but for what scrolls by itself because it must. */
  sticksOut() {
    const scrolls = (it) => {
      for (let one = it; one && one !== document.body; one = one.parentElement) {
        const style = getComputedStyle(one);
        if (/auto|scroll/.test(style.overflowX) && (one.querySelector("table, pre, code, svg, img") || one.matches("pre"))) return true;
        if (/hidden|clip/.test(style.overflowX) && one !== it) return true;
      }
      return false;
    };
    const width = document.documentElement.scrollWidth;
    // What is put aside on purpose, such as a skip link without the focus, widens nothing.
    if (width <= innerWidth + 1) return [];
    const out = all("body *")
      .filter((it) => shown(it) && !scrolls(it))
      .filter((it) => {
        const { left, right, width } = it.getBoundingClientRect();
        return width > 1 && (right > innerWidth + 1 || left < -1);
      })
      .map((it) => `it sticks out: ${brief(it)}`);
    return [`the page is ${width} px wide`, ...out];
  },

  /** Boxes whose text is cut off, by what they are. */
  cut() {
    return all("body *")
      .filter((it) => shown(it) && !it.matches("select, option, textarea, input"))
      .filter((it) => {
        const style = getComputedStyle(it);
        const box = it.getBoundingClientRect();
        // Text for screen readers alone is cut off on purpose.
        if (box.width <= 2 || box.height <= 2 || /inset\(50%\)/.test(style.clipPath)) return false;
        // A name that ends in dots is whole in the title of the window.
        if (style.webkitLineClamp !== "none" && document.title.includes(words(it))) return false;
        const across = /hidden|clip/.test(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
        const down = /hidden|clip/.test(style.overflowY) && it.scrollHeight > it.clientHeight + 1;
        return (across || down) && words(it);
      })
      .map(brief);
  },

  /** Pairs of texts that lie over each other. */
  overlaps() {
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const holder = node.parentElement;
      if (!node.data.trim() || holder.closest("script, style, template, noscript, option, textarea") || !shown(holder)) continue;
      // What floats above the page covers whatever scrolls under it.
      let floating = false;
      for (let one = holder; one; one = one.parentElement) {
        const { position, clipPath } = getComputedStyle(one);
        if (position === "fixed" || position === "sticky" || /inset\(50%\)/.test(clipPath)) floating = true;
      }
      if (floating) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 2 && box.height > 2) lines.push([node, holder.closest("summary, label, a, button"), box]);
      }
    }
    const found = new Set();
    for (const [at, [node, holder, a]] of lines.entries()) {
      for (const [other, by, b] of lines.slice(at + 1)) {
        if (node === other || holder && holder === by) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Lines of text may reach into each other by the room above and below their letters.
        if (across > 2 && down > Math.min(a.height, b.height) / 2) found.add(`“${node.data.trim().slice(0, 30)}” and “${other.data.trim().slice(0, 30)}”`);
      }
    }
    return [...found];
  },

  spacing() {
    const style = document.createElement("style");
    style.id = "a11y-spacing";
    style.textContent = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-block-end: 2em !important }`;
    document.head.append(style);
  },

  rootSize(size) {
    document.documentElement.style.fontSize = size;
  },

  tidy() {
    document.getElementById("a11y-spacing")?.remove();
    document.documentElement.style.removeProperty("font-size");
    if (!document.documentElement.getAttribute("style")) document.documentElement.removeAttribute("style");
  },

  /** Boxes to tick, one of each look, with what they look like. */
  boxes: () => all('input[type="checkbox"], input[type="radio"]')
    .filter((it) => it.checkVisibility() && !it.disabled)
    .map((it) => [keep(it), [it.type, it.className, it.parentElement.className]]),

  /** Show a box as chosen or not, without telling the page. */
  check([ref, yes]) {
    const it = keptAt(ref);
    const before = it.checked;
    it.checked = yes;
    return before;
  },

  /** The box of an input and of what is drawn for it. */
  row(ref) {
    const it = keptAt(ref);
    const row = it.labels?.[0]?.parentElement.contains(it) ? it.labels[0].parentElement : it;
    row.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = row.getBoundingClientRect();
    return [left, top, Math.min(width, 400), Math.min(height, 200)];
  },

  /** Parts of controls that stand out from what is round them by less than 3:1. */
  contrast() {
    const parse = (colour) => {
      const canvas = (window.a11yCanvas ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const over = ([r, g, b, a], [x, y, z]) => [r, g, b].map((part, at) => (part * a + [x, y, z][at] * (255 - a)) / 255);
    const behind = (it) => {
      const layers = [];
      for (let one = it; one; one = one.parentElement) layers.unshift(parse(getComputedStyle(one).backgroundColor));
      const paper = matchMedia("(prefers-color-scheme: dark)").matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme) ? [18, 18, 18] : [255, 255, 255];
      return layers.reduce((below, layer) => over(layer, below), paper);
    };
    const light = (colour) => {
      const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (a, b) => {
      const [x, y] = [light(a), light(b)].sort((one, other) => other - one);
      return (x + 0.05) / (y + 0.05);
    };
    const found = [];
    const fail = (what, value, it) => found.push(`${what} stands out by ${value.toFixed(2)}:1 only: ${brief(it)}`);
    for (const it of all('input:not([type="hidden"], [type="checkbox"], [type="radio"], [type="submit"], [type="button"]), textarea, select').filter(shown)) {
      const style = getComputedStyle(it);
      const around = behind(it.parentElement);
      const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none");
      const edges = sides.map((side) => ratio(over(parse(style[`border${side}Color`]), around), around));
      const best = Math.max(...edges, ratio(behind(it), around));
      if (best < 3) fail("the edge", best, it);
    }
    for (const it of all("button svg, a svg, [role=img], svg[role=img]").filter((one) => shown(one) && one.closest("svg"))) {
      const drawn = all("path, circle, rect, line, polyline, polygon", it);
      const around = behind(it.closest("svg").parentElement);
      const best = Math.max(0, ...drawn.flatMap((one) => {
        const { fill, stroke } = getComputedStyle(one);
        return [fill, stroke].filter((colour) => colour !== "none").map((colour) => ratio(over(parse(colour), around), around));
      }));
      if (drawn.length && best < 3) fail("the icon", best, it.closest("svg"));
    }
    const had = document.activeElement;
    const looks = new Set();
    for (const it of all(FOCUSABLE).filter((one) => focusable(one) && shown(one))) {
      const look = [it.localName, it.className, it.type, it.parentElement.className].join();
      if (looks.has(look)) continue;
      looks.add(look);
      it.focus({ preventScroll: true, focusVisible: true });
      if (document.activeElement !== it) continue;
      const style = getComputedStyle(it);
      const around = behind(it.parentElement);
      const rings = [];
      if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) rings.push(style.outlineStyle === "auto" ? [0, 0, 0] : over(parse(style.outlineColor), around));
      for (const colour of style.boxShadow.match(/(?:rgba?|color|oklch|oklab|lab|lch|hsla?)\([^)]*\)/g) ?? []) rings.push(over(parse(colour), around));
      for (const side of ["Top", "Bottom"]) if (parseFloat(style[`border${side}Width`]) >= 1) rings.push(over(parse(style[`border${side}Color`]), around));
      if (rings.length) {
        const best = Math.max(...rings.map((ring) => Math.max(ratio(ring, around), ratio(ring, behind(it)))));
        if (best < 3) fail("the focus", best, it);
      }
    }
    if (had && had !== document.body) had.focus({ preventScroll: true });
    else document.activeElement?.blur();
    return found;
  },

  /** What moves although a trainee has asked for less of it. */
  motion() {
    const found = [];
    const LONG = 50;
    const ms = (list) => Math.max(...list.split(",").map((one) => (one.includes("ms") ? parseFloat(one) : parseFloat(one) * 1000)));
    for (const one of document.getAnimations()) {
      if (one.playState === "running" && one.effect.getComputedTiming().endTime > LONG) found.push(`it moves: ${brief(one.effect.target)}`);
    }
    for (const it of [document.documentElement, ...all("body, body *")]) {
      const style = getComputedStyle(it);
      if (style.scrollBehavior === "smooth") found.push(`it scrolls smoothly: ${brief(it).slice(0, 60)}`);
      if (style.animationName !== "none" && ms(style.animationDuration) > LONG && style.animationIterationCount === "infinite") found.push(`it moves for ever: ${brief(it)}`);
      // Colours may change slowly; places and sizes may not.
      if (ms(style.transitionDuration) > LONG && /\b(all|transform|translate|rotate|scale|width|height|inline-size|block-size|margin|top|left|inset)\b/.test(style.transitionProperty)) found.push(`it moves to its place: ${brief(it)}`);
    }
    return [...new Set(found)];
  },

  /** The h1 and the controls are there, upright, whichever way the screen is held. */
  usable() {
    const h1 = all("h1").find(shown);
    const turned = all("html, body, main").filter((it) => !["none", "matrix(1, 0, 0, 1, 0, 0)"].includes(getComputedStyle(it).transform) || getComputedStyle(it).rotate !== "none");
    return [
      ...(h1 ? [] : ["no h1 is to be seen"]),
      ...(all("main").some((it) => shown(it) && words(it)) ? [] : ["the page is not to be seen"]),
      ...turned.map((it) => `it is turned: ${brief(it).slice(0, 60)}`),
    ];
  },

  /** Where Previous and Next are, if both are shown: their left edges. */
  pager() {
    const both = ["previous", "next"].map((id) => document.getElementById(id));
    return both.every((it) => it && shown(it)) ? both.map((it) => it.getBoundingClientRect().left) : null;
  },

  /** What can only be dragged, or only be seen while a mouse is over it. */
  gestures() {
    const found = all('[draggable="true"]')
      .filter((it) => shown(it) && !all("button, select, input, a[href]", it.parentElement).length)
      .map((it) => `it can only be dragged: ${brief(it)}`);
    const rules = [];
    const collect = (list) => {
      for (const rule of list) {
        if (rule.selectorText) rules.push(rule);
        else if (rule.cssRules) collect(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) {
      try {
        collect(sheet.cssRules);
      } catch {
        // Another origin's.
      }
    }
    const reveals = (rule) => ["display", "visibility", "opacity"].some((name) => rule.style.getPropertyValue(name) && !/^(none|hidden|0)$/.test(rule.style.getPropertyValue(name)));
    const opened = rules.filter((rule) => rule.selectorText.includes(":hover") && reveals(rule));
    for (const rule of opened) {
      for (const selector of rule.selectorText.split(/,(?![^(]*\))/).filter((one) => one.includes(":hover"))) {
        const twin = (state) => selector.replace(/:hover/g, state).trim();
        const known = rules.some((one) => [":focus", ":focus-visible", ":focus-within"].some((state) => one.selectorText.includes(twin(state))));
        if (!known && document.querySelector(selector.replace(/:hover/g, "").replace(/::[a-z-]+/g, "") || "*")) found.push(`only a mouse shows it: ${selector.trim()}`);
      }
    }
    return found;
  },

  /** Controls that are lower or narrower than a finger: by where they can be hit. */
  targets(least) {
    const found = [];
    const owners = (it) => [it, ...(it.labels ?? [])];
    for (const it of all("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]")) {
      if (!shown(it) || it.disabled) continue;
      it.scrollIntoView({ block: "center", behavior: "instant" });
      const box = it.getBoundingClientRect();
      if (box.bottom < 0 || box.right < 0 || box.width <= 2) continue;
      // What stands in a sentence is as high as its line (WCAG 2.5.8, inline).
      const block = it.parentElement.closest("p, li, dd, dt, td, th");
      const inline = it.matches("a, button") && getComputedStyle(it).display.startsWith("inline")
        && block && words(block).length > words(it).length + 2 && !block.closest("nav, footer, #search");
      if (inline) continue;
      const hit = (x, y) => {
        const at = document.elementFromPoint(x, y);
        return Boolean(at) && owners(it).some((one) => one.contains(at));
      };
      const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + box.height / 2];
      if (!hit(x, y)) continue;
      const reach = (dx, dy) => {
        let far = 0;
        while (far < least && hit(x + dx * (far + 1), y + dy * (far + 1))) far += 1;
        return far;
      };
      const height = reach(0, -1) + reach(0, 1) + 1;
      const width = reach(-1, 0) + reach(1, 0) + 1;
      if (height < least - 1 || width < Math.min(least, 24) - 1) found.push(`it is ${width} × ${height} px: ${brief(it)}`);
    }
    return found;
  },
})
