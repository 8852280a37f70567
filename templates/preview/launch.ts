// Opens the course in the chosen learning system, as the chosen trainee.

import { byId, select } from "./element.ts";
import { chosenSystem, offerSystems, type Learning } from "./systems.ts";
import {
  chooseWhoIsHere,
  chosenMode,
  earlierMessages,
  forgetWhoWasHere,
  nobody,
  offerTrainees,
} from "./trainee.ts";
import type { Desk, RecordSoFar } from "./desk.ts";
import type { Strip } from "./strip.ts";

/** What a launch asks for besides the author's choices. */
export interface Asked {
  /** "new" for a new attempt. */
  attempt?: string;
}

export interface Launch {
  begun: boolean;
  /** Shows the choices. */
  offer(): Promise<void>;
  /** Opens the first visit in this window, as the current trainee. */
  begin(): Promise<void>;
  /** Starts again as the chosen trainee. */
  restart(): Promise<void>;
  open(asked?: Asked): void;
  /** The course is on view. */
  opened(): void;
  /** Leaves the course for another page of the learning system. */
  leave(): Promise<void>;
}

export function createLaunch(desk: Desk, strip: Strip): Launch {
  const frame = document.getElementById("frame") as HTMLIFrameElement;
  const opening = byId("opening");
  let visits = 0;

  function open(asked: Asked = {}) {
    visits += 1;
    opening.hidden = false;
    (frame.contentWindow as Window).location.replace(
      visitAddress(`${desk.printed.course}/lms/`, desk, visits, asked),
    );
  }

  /** Ends the visit by loading another page. */
  async function leaveFor(address: string) {
    const gone = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    frame.src = address;
    await gone;
    opening.hidden = true;
  }

  const launch = {
    begun: false,
    async offer() {
      offerTrainees();
      await offerSystems(desk);
    },
    async begin() {
      launch.begun = true;
      desk.learning = await chosenSystem();
      const { messages }: RecordSoFar = await desk.server.get("record?calls=0");
      if (messages.length) chooseWhoIsHere();
      open();
    },
    async restart() {
      if (!desk.view?.title) return;
      desk.learning = await chosenSystem();
      const messages = await earlierMessages(desk, desk.learning);
      if (!messages) return strip.say(nobody());
      await leaveFor("about:blank");
      await desk.server.post("begin", { messages });
      desk.record = { messages, faults: {}, calls: [], count: 0 };
      forgetWhoWasHere();
      open();
    },
    open,
    opened() {
      opening.hidden = true;
    },
    leave: () => leaveFor(`${desk.printed.course}/lms/left.html`),
  };
  return launch;
}

/**
 * The address of the learning system's page for a visit.
 *
 * @param lms The page's address without a query.
 */
export function visitAddress(
  lms: string,
  { name, learning }: Desk,
  number: number,
  { attempt = "" }: Asked,
) {
  const { name: profile, settings, learner, ...found } = learning as Learning;
  const window = select("opened").value;
  const visit = { profile, settings, mode: chosenMode(), attempt, learner, window };
  const query = new URLSearchParams({ author: name, visit: `${Date.now()}-${number}` });
  const kept = found.profile.kept ? "&kept" : "";
  const fragment = encodeURIComponent(JSON.stringify(visit));
  return `${lms}?${query}${kept}#${fragment}`;
}
