// A visit that is recorded: the Exit button, answers that the LMS still lacks, the journal and
// other windows.

import { el } from "../dom/element.ts";
import { createExit } from "../keep/exit-button.ts";
import { joinTogether } from "../keep/joining.ts";
import { heldAnswers, triedAgain, reportLate } from "../lms/late-answers.ts";
import { createVersionReport } from "../lms/version.ts";
import { neededKeys } from "../state/asked.ts";
import { decode } from "../state/codec.ts";
import { leftBand } from "../shell/closing.ts";
import type { Copying } from "../keep/copy-answers.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Additions } from "../state/additions.ts";
import type { Key, State } from "../state/state.ts";
import type { Rules } from "./rules.ts";
import type { SurroundingsParts } from "./surroundings.ts";
import type { Visit } from "./visit.ts";
import type { Welcome } from "./welcome.ts";

/** What a recorded visit offers. */
export interface Recorded {
  /** Call it when recording starts, also with another LMS. */
  start(): void;
  /** Whether the journal has everything that was done. */
  kept(): boolean;
}

type Others = { tools: { close(): void }; welcome: Welcome; copying: Copying };
type Joined = ReturnType<typeof joinTogether>;

const exitButton = () => document.getElementById("exit-button") as HTMLElement;

export function createRecorded(parts: SurroundingsParts, others: Others): Recorded {
  const { shown, visit, course, content, work, view } = parts;
  const { outline } = course;
  const { store, interactions } = work;
  const { state } = store;
  const { navigation, notices } = view;
  const version = createVersionReport(shown.version, interactions);
  let joined: Joined | null = null;

  /** The journal or another window has brought more of the trainee's work. */
  function moved(bookmark: Key, { news, due, unwritten }: Additions) {
    const { current } = navigation;
    reportAnswers(due);
    others.welcome.move(bookmark, unwritten);
    const own = current ? [current.key, ...neededKeys(current)] : [];
    if (own.some((key) => news.has(key))) navigation.again();
  }

  /** Another window has taken over recording. */
  function away() {
    for (const subject of ["exit", "journal"]) notices.hide(subject);
    others.welcome.hide();
    exitButton().hidden = true;
  }

  /** Reports the answers to these questions to the LMS. */
  function reportAnswers(keys: Set<Key>) {
    const { load, behaviourOf } = content;
    const save = () => store.change(() => {});
    const given = { keys, pages: outline.pages, state, interactions, load, behaviourOf, save };
    reportLate(given).catch(console.error);
  }

  /** Reports the result as soon as the work is done, so that it is saved before the status. */
  function reportResult() {
    if (outline.partial || !visit.link.launch.credit) return;
    const { judge } = content.chunks.arrived("part", "shell-rules") as Rules;
    const { status, day } = judge(course, state);
    version.result(status, (status === state.status && state.finished) || day);
  }

  return {
    start() {
      startExit(parts, others, async () => Boolean(await joined?.keep()));
      if (interactions.complete() && visit.link.session.canFinish) state.late.clear();
      tellMissing(visit.link.launch, state, view);
      // The next change may be too late: some LMSs lose what a closing page saves.
      if (version.start(...startOf(visit, state))) visit.saving.save();
      reportResult();
      reportAnswers(state.late);
      if (joined) return;
      store.subscribe((soon) => soon && reportResult());
      view.guard("joining", () => {
        joined = joinTogether(parts, { moved, away });
      });
    },
    kept: () => Boolean(joined?.kept()),
  };
}

/** Where the version report of a visit starts. */
const startOf = ({ link, saving }: Visit, state: State) =>
  [link.launch.interactions || state.interactions, saving.reported?.status ?? ""] as const;

/**
 * Handles an LMS that counts fewer answers than an earlier visit wrote. It does not say which are
 * missing, so all answers in the state are reported again. An LMS may also count only the answers
 * of this visit.
 *
 * An LMS that keeps one interaction of each id, such as Chamilo, counts fewer after every further
 * try, and lacks nothing. It has at least the version and one interaction of each question, so the
 * notice is shown only below that.
 */
function tellMissing(launch: Launch, state: State, { notices, say }: SurroundingsParts["view"]) {
  const before = decode(launch.state)?.interactions ?? 0;
  const counted = Number(launch.interactions);
  const missing = before - counted - state.late.size;
  if (!counted || missing <= 0) return;
  const answers = [...heldAnswers(state)];
  const held = answers.filter((key) => !state.late.has(key));
  for (const key of held) state.late.add(key);
  if (counted > answers.length) return;
  const isLost = missing > held.length && triedAgain(state);
  const body = [el("p", {}, say(isLost ? "missing_lost" : "missing_sent"))];
  const close = () => notices.hide("missing");
  notices.show("missing", say("missing"), { body, actions: [[say("close"), close]] });
}

/** @param keep Writes the journal; resolves to whether it has everything. */
function startExit(
  parts: SurroundingsParts,
  { tools, copying }: Others,
  keep: () => Promise<boolean>,
) {
  const { shown, visit, view } = parts;
  const { navigation, notices, status, say, settle } = view;
  createExit({
    band: (saved) => leftBand(parts, saved),
    toggle: exitButton(),
    shown,
    navigation,
    notices,
    say,
    copying,
    async save() {
      settle();
      const outcome = await visit.saving.confirmed();
      return outcome === "failed" && (await keep()) ? "kept" : outcome;
    },
    close() {
      settle();
      return visit.saving.close() as boolean | null;
    },
    closed() {
      tools.close();
      status.tell("off", "nothing_recorded");
      const around: NodeListOf<HTMLElement> = document.querySelectorAll(
        "[data-shell], #save-status, footer > *",
      );
      for (const element of around) element.hidden = true;
    },
  });
}
