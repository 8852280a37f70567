({
  /** Remember how things are, before an action. */
  before() {
    window.a11yBefore = {
      title: document.title,
      heading: all("h1").map(words).join(),
      // What waits to speak: the header's own tell of saving, which goes on by itself.
      live: all('[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"], output')
        .filter((it) => !it.closest("header, #notices"))
        .map((it) => [it, words(it)]),
      shown: new Map(all("body *").map((it) => [it, shown(it)])),
    };
  },

  /** What has become of it. */
  after() {
    const { title, heading, live, shown: seen } = window.a11yBefore;
    const focus = document.activeElement ?? document.body;
    const fresh = (it) => seen.get(it) !== true && shown(it);
    const outermost = (list) => list.filter((it) => !list.includes(it.parentElement));
    const h1 = all("h1").find(shown);
    const into = all("body *").filter((it) => fresh(it) && it.contains(focus));
    const telling = live.filter(([it, before]) => it.isConnected && words(it) && words(it) !== before).map(([it]) => it);
    window.a11yTold = into[0] ?? telling[0] ?? null;
    // An answer that was not given: what is marked, whether it is described, where links lead.
    const summary = focus?.closest("[role=group], [role=alert], [role=region], section, div") ?? null;
    const led = summary ? all('a[href^="#"]', summary) : [];
    const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
    // ARIA allows no aria-invalid on a button: its description alone marks it (ARIA 1.2, 6.6).
    const buttons = led.map(target).filter((it) => it?.matches("button[aria-describedby]"));
    const wrong = [...all('[aria-invalid="true"]'), ...buttons].filter(shown);
    const refusal = {
      wrong: wrong.length,
      undescribed: wrong
        .filter((it) => !(it.getAttribute("aria-describedby") ?? it.getAttribute("aria-errormessage") ?? "")
          .split(/\s+/).some((id) => id && words(document.getElementById(id) ?? document.createElement("i"))))
        .map(brief),
      inSummary: Boolean(led.length) && focus !== document.body,
      links: led.map((it) => [
        words(it), it.hash, Boolean(target(it)?.matches("input, select, textarea, button, [tabindex]")),
      ]),
    };
    return {
      focus: brief(focus),
      lost: focus === document.body || focus === document.documentElement,
      title: document.title,
      retitled: document.title !== title,
      moved: Boolean(h1) && words(h1) !== heading,
      headed: focus === h1,
      // Into something that was not there or not to be seen before.
      into: into.length > 0,
      told: telling.length > 0,
      refusal,
      toggled: outermost([...seen].filter(([it, was]) => it.isConnected && was !== shown(it)).map(([it]) => it)).map(brief),
    };
  },
})
