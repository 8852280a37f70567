({
  /** Let the next Tab start from the beginning of the page, or Shift+Tab from its end. */
  start(end) {
    const mark = document.createElement("span");
    mark.tabIndex = -1;
    if (end) document.body.append(mark);
    else document.body.prepend(mark);
    mark.focus({ preventScroll: true });
    mark.remove();
    scrollTo(0, end ? document.body.scrollHeight : 0);
  },

  /** From now on keep, after each Tab, what has the focus: as the key repeats, and is let go. */
  listen() {
    const came = (window.a11yStops = []);
    window.a11yDeaf?.();
    const note = ({ key, type, repeat }) => key === "Tab" && (repeat || type === "keyup") && came.push(this.stop());
    const leave = () => came.push(null);
    addEventListener("keydown", note, true);
    addEventListener("keyup", note, true);
    addEventListener("blur", leave);
    window.a11yDeaf = () => {
      removeEventListener("keydown", note, true);
      removeEventListener("keyup", note, true);
      removeEventListener("blur", leave);
    };
  },

  /** What was kept since last asked; a null where the focus has left the page. */
  heard: () => window.a11yStops.splice(0),

  /** No more, and nothing has the focus: a press too many may have led round to the first stop. */
  deafen() {
    window.a11yDeaf();
    document.activeElement?.blur();
  },

  /** What has the focus; null if nothing has. */
  stop() {
    const it = document.activeElement;
    if (!it || it === document.body || it === document.documentElement || !document.hasFocus()) return null;
    // The part of it that fits into the window.
    const { left, right, top, bottom } = it.getBoundingClientRect();
    const [x0, x1, y0, y1] = [Math.max(left, 0), Math.min(right, innerWidth), Math.max(top, 0), Math.min(bottom, innerHeight)];
    const mine = (found) => found && (it.contains(found) || found.contains(it) && found.localName === "label"
      || [...(it.labels ?? [])].some((label) => label.contains(found)));
    let seen = 0;
    for (const x of [0.1, 0.5, 0.9]) {
      for (const y of [0.1, 0.5, 0.9]) {
        if (mine(document.elementFromPoint(x0 + (x1 - x0) * x, y0 + (y1 - y0) * y))) seen += 1;
      }
    }
    const at = all("body *").indexOf(it);
    return {
      at,
      ref: keep(it),
      media: it.matches("video, audio"),
      // Tab leads to one button of a set, which may be another one on the way back.
      key: it.type === "radio" ? `radio ${it.name}` : String(at),
      look: [it.localName, it.type ?? "", it.className, it.parentElement.className, it.role ?? ""],
      seen,
      html: brief(it),
    };
  },

  /** Elements that can be used and are shown, without those that another stop stands for. */
  stops() {
    const roving = '[role="tab"], [role="option"], [role="menuitem"], [role="radio"], [role="treeitem"], [role="gridcell"]';
    return all(FOCUSABLE)
      .filter((it) => it.matches("a[href], button, input, select, textarea, summary, [contenteditable=true]") && shown(it))
      .filter((it) => !it.matches(":disabled") && !it.matches(roving) && !it.closest("[inert]"))
      .map((it) => [all("body *").indexOf(it), it.type === "radio" ? `radio ${it.name}` : null, brief(it)]);
  },

  /** What is taken out of the order of the page. */
  ahead: () => all("[tabindex]").filter((it) => it.tabIndex > 0 && shown(it)).map(brief),

  /** All that a key might change: not what tells of saving, or the next page fetched ahead. */
  fingerprint() {
    const body = document.body.cloneNode(true);
    for (const it of all('[role="status"], [aria-live], script', body)) it.remove();
    return [body.outerHTML, location.href, scrollX, scrollY, document.activeElement && brief(document.activeElement),
      all("input, textarea, select").map((it) => [it.value, it.checked])];
  },

  focusHeading() {
    const it = all("h1").find(shown) ?? document.body;
    it.tabIndex = -1;
    it.focus();
  },

  /** Whether a dialog is open, and where the focus is. */
  dialog() {
    const open = all("dialog[open], [role=dialog], [role=alertdialog], [popover]:popover-open").filter(shown).at(-1);
    return open ? { html: brief(open), inside: open.contains(document.activeElement) } : null;
  },

  openers: () => all('[aria-haspopup="dialog"], [popovertarget], [commandfor]').filter(shown).map(keep),

  /** With the focus, but for the caret, which comes and goes. */
  focusOn(ref) {
    keptAt(ref).style.caretColor = "transparent";
    keptAt(ref).focus({ focusVisible: true });
  },

  isFocused: (ref) => keptAt(ref) === document.activeElement,

  /** Ready for a picture of it: in the middle of the window; its box. */
  box(ref) {
    const it = keptAt(ref);
    it.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = it.getBoundingClientRect();
    return [left, top, width, height];
  },

  blur() {
    const it = document.activeElement;
    it?.style.removeProperty("caret-color");
    if (!it?.getAttribute("style")) it?.removeAttribute("style");
    it?.blur();
  },
})
