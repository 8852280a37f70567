({
  /** Buttons that say whether something is open, each with what they look like. */
  toggles: () => all("[aria-expanded]").filter((it) => shown(it) && !it.matches("input, select"))
    .map((it) => [all("*").indexOf(it), [it.localName, it.className, it.id]]),

  expanded: (at) => all("*")[at].getAttribute("aria-expanded"),
})
