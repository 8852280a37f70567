({
  /** Buttons that say whether something is open: what each looks like. They are kept in the page
      by their place in this list, since a press may change what stands around. */
  toggles() {
    window.a11yToggles = all("[aria-expanded]").filter((it) => shown(it) && !it.matches("input, select"));
    return window.a11yToggles.map((it) => [[it.localName, it.className, it.id], it.getAttribute("aria-expanded")]);
  },

  visible: (at) => shown(window.a11yToggles[at]),

  focusToggle(at) {
    window.a11yToggles[at].focus();
  },

  expanded: (at) => window.a11yToggles[at].getAttribute("aria-expanded"),
})
