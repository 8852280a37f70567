({
  /** The page's texts that can be seen, but for what is of use on a screen only. */
  texts() {
    // The fields of a record are in print as its sheet; a search, and ways back to where one was,
    // lead nowhere on paper, where all flashcards lie beside each other and show both sides,
    // and where a scenario has all its scenes, with links for buttons. What to read again is on
    // its own page.
    const ONLY_ON_SCREEN = "#search, .record-item, article:has(.record) > :not(.record, h1), .sheet > :is(summary, .sheet-course), .printed-name, .term-back, [role=doc-backlink], .flashcards-how, .flashcard-count, [class^=walk-], .review .read-again, .definition > a, nav, button, [data-on-screen], .skip-link, .leave, .bar, footer, .actions, .new-tab, #notices, #progress, template, script, style, noscript, select, option, video, audio, .unseen, .count, .hint";
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement: holder } = walker.currentNode;
      if (!data.trim() || holder.closest(ONLY_ON_SCREEN)) continue;
      if (shown(holder) && holder.getClientRects().length) found.push(data.trim().replace(/\s+/g, " "));
    }
    return found;
  },
})
