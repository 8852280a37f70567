// What the walks ask of a page: an object of functions. The first argument of each is the course's
// window, in the learning system's frame or by itself; a control is found by {css, words, index}.
(() => {
  const textOf = (element) => (element.labels?.[0] ?? element).textContent;
  const words = (element) => textOf(element).trim().replace(/\s+/g, " ");
  const seen = (element) => element.getClientRects().length > 0;

  function find(course, { css, words: wanted, index = 0, top }) {
    const page = top ? document : course.document;
    const found = [...page.querySelectorAll(css)].filter(seen);
    return found.filter((one) => wanted === undefined || words(one) === wanted).at(index) ?? null;
  }

  /** The element that a finger or the mouse would press for this one. */
  const target = (element) =>
    element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : element;

  return {
    /** What there is to see of where the trainee is. */
    where(course) {
      const page = course.document;
      return {
        heading: page.querySelector("main h1")?.textContent.trim() ?? "",
        page: page.querySelector("article[data-page]")?.dataset.page ?? "",
        progress: page.querySelector("#progress:not(:empty), #begin:not([hidden]), .cover .resume")?.textContent.trim() ?? "",
        status: page.querySelector("#save-status")?.textContent ?? "",
        alert: page.querySelector("#notices [role=alert]")?.textContent.trim() ?? "",
      };
    },

    count: (course, css) => [...course.document.querySelectorAll(css)].filter(seen).length,

    has: (course, query) => find(course, query) !== null,

    /** Bring a control into view and give it the focus. */
    reach(course, query) {
      const element = find(course, query);
      if (!element) return "not there";
      if (element.disabled) return "disabled";
      const view = query.top ? window : course;
      const it = target(element);
      it.scrollIntoView({ block: "center", behavior: "instant" });
      element.focus({ preventScroll: true });
      if (view.document.activeElement !== element) return "without the focus";
      const box = it.getBoundingClientRect();
      let [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const over = view.document.elementFromPoint(x, y);
      const free = over && (it.contains(over) || over.contains(it));
      if (!free) return `covered by ${over?.outerHTML.slice(0, 120) ?? "nothing"}`;
      if (view !== window) {
        const frame = view.frameElement.getBoundingClientRect();
        [x, y] = [x + frame.x, y + frame.y];
      }
      course.enginesArrived = false;
      // The control may be drawn anew before it is pressed.
      const arrive = ({ target: pressed }) => {
        const now = find(course, query);
        course.enginesArrived ||= now === null || [now, target(now)].some((one) => one.contains(pressed));
      };
      for (const kind of ["keydown", "pointerdown"])
        view.addEventListener(kind, arrive, { once: true, capture: true });
      return { x, y };
    },

    /** Whether what was pressed since `reach` arrived there; so it did where the page has gone. */
    arrived: (course) => course.enginesArrived !== false,

    value: (course, query) => find(course, query)?.value ?? null,

    checked: (course, query) => find(course, query)?.checked ?? null,

    select: (course, query) => find(course, query).select(),

    place(course, query) {
      const item = find(course, query);
      return [...item.parentElement.children].indexOf(item);
    },

    /** The names of all questions on the page that wait for an answer. */
    questions: (course, css) =>
      [...course.document.querySelectorAll(css)].filter(seen).map((form) => form.dataset.question),

    /** What there is to answer in a question's form. */
    fields(course, css) {
      const form = course.document.querySelector(css);
      const inputs = [...form.querySelectorAll(".answer :is(input, select, textarea)")];
      return {
        fields: inputs.filter((one) => one.type !== "hidden").map((one) => ({
          type: one.localName === "input" ? one.type : one.localName,
          name: one.name, value: one.value, id: one.id, item: one.dataset.item ?? "",
        })),
        moves: form.querySelectorAll(".answer li button").length > 0,
      };
    },

    /** How far the page is wider than its window, and what sticks out. */
    wide(course) {
      const root = course.document.documentElement;
      const more = root.scrollWidth - root.clientWidth;
      if (more <= 0) return [];
      return [...course.document.body.querySelectorAll("*")]
        .filter((one) => seen(one) && one.getBoundingClientRect().right > root.clientWidth + 1)
        .slice(0, 3).map((one) => `${more} px too wide: ${one.outerHTML.slice(0, 120)}`);
    },

    /** What was noted by watch.js, and is forgotten now. */
    faults() {
      try {
        const found = JSON.parse(localStorage["engines.faults"] ?? "[]");
        delete localStorage["engines.faults"];
        return found;
      } catch (error) {
        return [`the watch cannot be read: ${error}`];
      }
    },

    /** All words in sight: of the window, and of the course in its frame with its title. */
    sight(course) {
      const hidden = ({ defaultView, documentElement }) =>
        defaultView.getComputedStyle(documentElement).visibility === "hidden";
      const shown = (page) =>
        !page?.body || hidden(page) || hidden(document) ? "" : page.body.innerText;
      const texts = new Set([shown(document), shown(course.document)]);
      return [course.document?.title ?? "", ...texts].join("\n");
    },

    title: () => document.title,

    captions: (course) =>
      [...course.document.querySelectorAll("video")].flatMap((video) =>
        [...video.textTracks].map(({ kind, mode, cues }) => [kind, mode, cues?.length ?? 0])),

    /** Do something a moment later, so that what drives the page need not wait for it. */
    later(course, query, ms) {
      const element = find(course, query);
      setTimeout(() => element.click(), ms);
    },
  };
})()
