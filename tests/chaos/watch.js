// Watches, in each frame, what a trainee is told of saving, and reads what the course shows. Whatever
// is told, however shortly, is noted with the number of acts before it: an act is what changes what is
// to be saved, and counts before the course hears of it.
"use strict";
(() => {
  const { document: watchedDocument } = window;
  const told = [];
  const before = {};
  let acts = 0;
  let warnings = 0;
  let page = "";
  const onView = () => document.querySelector("main article")?.dataset.page ?? "";
  const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? "";

  function note(what, words) {
    if (before[what] === words) return;
    if (what === "exit" && words) warnings += 1;
    before[what] = words;
    told.push([what, words, acts]);
  }

  function look() {
    if (onView() !== page) acts += 1;
    page = onView();
    note("status", text("#save-status"));
    note("notice", text("[data-notice=save] details"));
    note("exit", text("[data-notice=exit]"));
  }

  const ACTS = {
    input: ".record-item",
    click: "main .actions button, main .walk-choices button, #exit-button",
  };
  for (const [type, where] of Object.entries(ACTS)) {
    addEventListener(type, ({ target }) => (acts += Number(Boolean(target.closest?.(where)))), true);
  }

  // Requests are not on the page's clock: what is to come after an answer has to wait for it.
  const { fetch } = window;
  const unanswered = new Set();
  function awaited(request) {
    const over = () => unanswered.delete(request);
    unanswered.add(request);
    request.then(over, over);
    return request;
  }
  window.fetch = (...given) => awaited(fetch(...given));

  // Pages and other parts come as files.
  function file(node) {
    if (!node.matches?.("script[src], link[rel=stylesheet]")) return;
    awaited(new Promise((done) => {
      for (const type of ["load", "error"]) node.addEventListener(type, done);
    }));
  }

  const watch = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(file);
    look();
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });

  function quiz() {
    if (document.querySelector("main form[data-question]")) return text("main .which");
    if (document.querySelector("main .answers-to-check")) return text("main .quiz h2");
    const words = document.querySelector("main").innerText;
    // A test-out that is not passed says only how many answers were right.
    const [, right, of] = /(\d+) of (\d+) right\. You need/.exec(words) ?? [];
    const [, scored] =
      /You scored ([\d.]+)/.exec(words) ?? /· ([\d.]+)%/.exec(text("main .outcome h2")) ?? [];
    const score = right ? (100 * right) / of : scored;
    return score === undefined ? "" : `${Number(score)} %`;
  }

  const needless = () =>
    /^These pages are done$/m.test(document.querySelector("main").innerText);

  const response = (form) => {
    // Options, buttons of which each is an answer, or words.
    const offered = ["[type=radio]", ".presses button"].find((one) => form.querySelector(one));
    const given = { "[type=radio]": ":checked", ".presses button": "[aria-pressed]" };
    return form.querySelector(given[offered] ?? "[type=text], textarea")?.value ?? "";
  };

  const day = (words) => {
    const parts = new Intl.DateTimeFormat("en-GB").format(new Date(words)).split("/");
    return parts.map(Number).join(" ");
  };

  /** Text and day of an answer in the record, which stand as text where the LMS records nothing. */
  function item(section) {
    const written = [...section.querySelectorAll(".written dd")].map(({ textContent }) => textContent);
    if (written.length) {
      const [words, achieved] = written.map((one) => (one === "–" ? "" : one));
      return [words, achieved && day(achieved)];
    }
    const fields = [...section.querySelectorAll("fieldset input")].map(({ value }) => value);
    return [section.querySelector("textarea").value, fields.join(" ").trim()];
  }

  /** The scene on view, or the one that the decision on view leads to. */
  function sceneOnView() {
    const scene = document.querySelector("main .scene:not([hidden])");
    const decided = scene?.querySelector(".walk-words")?.innerHTML;
    const links = [...(scene?.querySelectorAll("[data-choice] a") ?? [])];
    const chosen = links.find(({ innerHTML }) => innerHTML === decided);
    return chosen ? chosen.hash.replace("#scene-", "") : (scene?.dataset.scene ?? null);
  }

  /** The decisions listed on view, each as its scene and its choice. */
  function decisions() {
    return [...document.querySelectorAll("main .walk-path li:not(.walk-place)")].map((item) => {
      const title = item.querySelector(".walk-scene").firstChild.textContent;
      const words = item.querySelector(".walk-choice").textContent;
      // Before the title of a scene is its number, for print.
      const scene = [...document.querySelectorAll("main .scene")].find((one) =>
        one.querySelector("h2").lastChild.textContent === title);
      const choice = [...scene.querySelectorAll("[data-choice]")].find((one) =>
        one.querySelector("a").textContent === words);
      return [scene.dataset.scene, choice.dataset.choice];
    });
  }

  window.watched = {
    /** Whether the watched document is still the page's own. */
    current: () => watchedDocument === document,
    /** How many acts there were in this page. */
    acts: () => acts,
    /** How often Exit has warned. A warning disappears as soon as all is saved. */
    warnings: () => warnings,
    decisions,
    /** Until every request that the page has made is answered, or has failed. */
    answered: () => Promise.allSettled([...unanswered]).then(() => null),
    /** What the page shows: places in quiz, test-out and scenario, answers, items of the record. */
    shown: () => ({
      quiz: onView() === "quiz" ? quiz() : null,
      walk: sceneOnView(),
      // Once its pages are done, a test-out says nothing more of an attempt that did not pass.
      test: onView().startsWith("test-out") && !needless() ? quiz() : null,
      answers: document.querySelector("main [data-quiz]") ? {} : Object.fromEntries(
        [...document.querySelectorAll("main form[data-question]")].map((form) => [form.dataset.question, response(form)]),
      ),
      items: [...document.querySelectorAll("main .record-item")].map(item),
    }),
    /** What was told since the last time: [what, words, acts before it]; what stands now; what is shown. */
    read: () => ({ told: told.splice(0), status: text("#save-status"), acts, shown: watched.shown() }),
  };
})();
