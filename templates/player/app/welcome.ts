// Notices and offers once the LMS has been read: the kind of visit, problems of earlier visits, and
// the offer to resume.

import { el } from "../dom/element.ts";
import { visitNotice, type Launch } from "../lms/launch-values.ts";
import { placeIn, resumePage } from "../shell/resume-page.ts";
import { showFinished } from "../shell/finished.ts";
import { resultSoFar } from "../shell/result-so-far.ts";
import { showResume } from "../shell/resume.ts";
import { scenariosOf } from "../state/asked.ts";
import { startAgain, type Key, type State } from "../state/state.ts";
import { notSeen } from "../state/edits.ts";
import type { Say } from "../dom/words.ts";
import type { EarlierVisits } from "../keep/earlier-visits.ts";
import type { CertificateWays } from "../shell/certificate-view.ts";
import type { Outline, Page } from "../state/course.ts";
import type { SurroundingsParts } from "./surroundings.ts";
import type { View } from "./visit.ts";

export type Welcome = ReturnType<typeof createWelcome>;

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work" | "view">;

export function createWelcome(parts: Parts, certificate: CertificateWays | null) {
  const { view } = parts;
  const { link } = parts.visit;
  const { store, resuming } = parts.work;
  const { navigation, notices, say, guard } = view;
  let hide = (() => {}) as () => void;
  // In review or without an LMS nothing is recorded, so no offer to resume or start again.
  const isReview = () => link.known && !link.launch.recording;

  function offerResume() {
    showPicture();
    const { page } = resuming;
    const finished = showFinished(parts, certificate);
    hide = finished ?? hide;
    if (!page) return;
    // The page was reloaded because it was an old copy: continue on the page where the trainee was.
    if (link.old.left) {
      history.replaceState(null, "", `#/${page.id}`);
      return navigation.go(page.id);
    }
    if (!finished && !isReview()) hide = showChoice(parts, page);
  }

  const welcome = {
    /** Shows the notices that apply. */
    tell(earlier: EarlierVisits) {
      const mode = visitNotice(link.launch);
      const place = isReview() ? lastPlace(resuming.page, say) : [];
      if (mode) notices.show("mode", say(mode), { body: place });
      const lost = lossOf(link.launch, parts.course.outline, store.state, earlier);
      if (lost) notices.show("state", say(lost));
      if (earlier.changed)
        tellChanged(view, parts.course.outline, { ...store.state, visited: earlier.seen });
    },
    /** Offers to resume at `resuming.page`, if there is one. */
    offer: () => guard("resume", offerResume),
    /**
     * More of the trainee's work has been found: if the first page is still on view, offers to
     * resume at `bookmark`, or at the first of the record items that are `unwritten`.
     */
    move(bookmark: Key, unwritten: Key[]) {
      if (!navigation.atStart || /^#\/./.test(location.hash)) return;
      const { pages } = parts.course.outline;
      const isLost = (key: Key) => unwritten.includes(key);
      const page =
        pages.find(({ needs }) => needs?.record?.some(isLost)) ??
        resumePage(pages, { ...store.state, bookmark }, "");
      if (!page) return;
      store.state.bookmark = bookmark;
      resuming.page = page;
      hide();
      welcome.offer();
    },
    /** Hides the offer. */
    hide: () => hide(),
  };
  return welcome;
}

/** The text key that says what is lost of earlier visits; null if nothing that matters. */
function lossOf(launch: Launch, { pages }: Outline, { lost }: State, { read }: EarlierVisits) {
  const { state, location } = launch;
  if (state && !read) return "state_unreadable";
  // Only this course has written the id of one of its pages.
  if (state === "" && pages.some(({ id }) => id === location)) return "state_missing";
  // A lost section `late` only leaves a gap in a report; a lost date shows as unknown by itself,
  // and a lost language can be chosen again.
  return lost.length > 3 ? "state_damaged" : null;
}

/** Requests the picture of the cover: the way into the course came before it. */
function showPicture() {
  const picture: HTMLImageElement | null = document.querySelector(".cover-picture:not([src])");
  if (picture) picture.src = String(picture.dataset.src);
}

function showChoice(parts: Parts, page: Page) {
  const { work, course, view } = parts;
  const { store } = work;
  const { navigation, say, resumed } = view;
  const cover = document.getElementById("cover-actions");
  return showResume({
    place: cover ?? (document.getElementById("notices") as HTMLElement),
    covered: Boolean(cover),
    page,
    result: cover ? resultSoFar(parts) : [],
    say,
    resume: () => navigation.go(placeIn(page, store.state)),
    restart() {
      resumed();
      const { outline } = course;
      const shown = outline.pages.map((page) => page.shown);
      store.change((state) => startAgain(state, scenariosOf(outline).walks, shown));
      navigation.restart();
    },
  });
}

/** @param state The state as it was before the edit. */
function tellChanged({ notices, say }: View, outline: Outline, state: State) {
  const close = () => notices.hide("course");
  notices.show("course", say("course_changed"), {
    body: pagesToSee(outline, state, say),
    actions: [[say("close"), close]],
  });
}

function lastPlace(page: Page | null, say: Say) {
  if (!page) return [];
  const words = say("resume_text", { title: page.title });
  return [el("p", {}, el("a", { href: `#/${page.id}` }, words))];
}

/** Links to the changed and new pages before the one where the trainee was. */
function pagesToSee(outline: Outline, state: State, say: Say) {
  const links = notSeen(outline, state).map(({ id, title }) =>
    el("li", {}, el("a", { href: `#/${id}` }, title)),
  );
  return links.length ? [el("p", {}, say("not_seen")), el("ul", {}, ...links)] : [];
}
