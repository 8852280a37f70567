// The Try tab: faults, and what a trainee may do, for the author to try.

import { button, choices, el, part } from "./element.ts";
import type { Faults as LmsFaults } from "../lms/faults.ts";
import type { Desk } from "./desk.ts";
import type { Launch } from "./launch.ts";
import type { Strip } from "./strip.ts";

/** Faults of the server (builder/preview/lms/server.py). */
export type Faults = Partial<LmsFaults> & {
  offline?: boolean;
  /** With `expired`: the package is refused, too. */
  locked?: boolean;
  /** How often; null for always. */
  times?: number | null;
};

type Row = [name: keyof Faults, words: string, on: Faults, off: Faults];

/** The switches for faults. */
const FAULTS: Row[] = [
  ["offline", "The trainee is offline", { offline: true }, { offline: false }],
  // The package is behind the login, too.
  [
    "expired",
    "The login has expired",
    { expired: true, locked: true },
    { expired: false, locked: false },
  ],
  ["status", "Saving fails", { status: 503 }, { status: 0 }],
  ["drop", "Saving is confirmed, but nothing is kept", { drop: true }, { drop: false }],
  ["cut", "What the learning system sends gets no answer", { cut: true }, { cut: false }],
  ["delay", "Every answer takes five seconds", { delay: 5 }, { delay: 0 }],
];

/** What a trainee does with a visit. */
type Visits = Pick<Launch, "leave" | "open">;

/** @param replaceable Whether the package can be held and replaced, as that of a live course. */
export function createFaults(desk: Desk, launch: Visits, strip: Strip, replaceable = true) {
  const { server } = desk;

  async function change(faults: Faults) {
    Object.assign(desk.record.faults, faults);
    await postChange(desk, "faults", faults);
    tell();
  }

  /** Makes the course see the connection's state as if from its browser. */
  function tell() {
    const { offline, expired } = desk.record.faults;
    // Nothing listens in another tool's package, so it sees only that requests fail.
    if (replaceable) server.cue("offline", { on: Boolean(offline), shut: Boolean(expired) });
  }

  const boxes = FAULTS.map(([name, words, on, off]) => {
    const act = (set: boolean) => {
      // Ends a single refusal, or it would apply to every save.
      const left = isOnce(desk.record.faults) ? { status: 0 } : {};
      return change({ ...left, ...(set ? on : off), times: null });
    };
    const { label, box } = tick(words, act);
    return { name, box, label };
  });
  const hold = tick("Hold the package as it is now", (held) => {
    if (desk.view) desk.view.held = held;
    return postChange(desk, "hold", { held });
  });
  const refuse = async () => {
    await change({ status: 503, times: 1 });
    strip.say("The next thing that the course saves is refused.");
  };

  const panel = el(
    "div",
    {},
    choices(
      "What goes wrong",
      ...boxes.map(({ label }) => label),
      rowOf(["Refuse the next save", refuse]),
    ),
    drawTrainee(desk, launch, strip),
    replaceable && drawPackage(desk, hold.label, strip),
    part("What only you can do", el("p", { class: "soft" }, YOURS)),
  );

  function show() {
    const { faults } = desk.record;
    for (const { name, box } of boxes) {
      // A single refusal does not tick the box.
      box.checked = Boolean(faults[name]) && !(name === "status" && isOnce(faults));
    }
    hold.box.checked = Boolean(desk.view?.held);
  }
  return { panel, show, tell };
}

/** Posts what the author has changed. */
async function postChange(desk: Desk, path: string, given: object) {
  desk.touched += 1;
  desk.unheard += 1;
  try {
    await desk.server.post(path, given);
  } finally {
    desk.touched += 1;
    desk.unheard -= 1;
  }
}

/** Whether saving fails a limited number of times. */
const isOnce = ({ times }: Faults) => times !== null && times !== undefined;

const YOURS =
  "A page cannot set forced colours, a screen reader or the zoom of your browser: set them in " +
  "your system, and look at the course here.";

/** A checkbox with its label. */
function tick(words: string, act: (set: boolean) => unknown) {
  const box = el("input", { type: "checkbox" }) as HTMLInputElement;
  box.addEventListener("change", () => act(box.checked));
  return { box, label: el("label", { class: "check" }, box, words) };
}

const rowOf = (...buttons: [string, () => unknown][]) =>
  el(
    "div",
    { class: "rows" },
    buttons.map(([words, act]) => button(words, act)),
  );

function drawTrainee(desk: Desk, launch: Visits, strip: Strip) {
  async function back() {
    await launch.leave();
    history.back();
    strip.say(
      desk.learning?.profile.kept
        ? "They left and pressed Back: the browser shows the learning system’s page as it was."
        : "They left and pressed Back. This learning system’s page is loaded anew then.",
    );
  }
  return part(
    "What the trainee does",
    rowOf(
      ["Leave", () => launch.leave()],
      ["Come back", () => launch.open()],
      ["Leave and press Back", back],
      ["Ask for a new attempt", () => launch.open({ attempt: "new" })],
    ),
  );
}

function drawPackage({ server }: Desk, hold: HTMLElement, strip: Strip) {
  async function replace() {
    await server.post("replace", {});
    strip.say(
      "The package was replaced by what is in the folder. Whoever has it open was not told.",
    );
  }
  const how = "Hold the package, write something, and replace it while the trainee is half-way.";
  return choices(
    "A new package",
    el("p", { class: "soft" }, how),
    hold,
    rowOf(["Replace the package", replace]),
  );
}
