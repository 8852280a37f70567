// Opens the course in the learning system that the author has chosen, as the trainee they chose.

import { select } from "./element.js";
import { chosenSystem, offerSystems } from "./systems.js";
import {
  chooseWhoIsHere,
  chosenMode,
  earlierMessages,
  forgetWhoWasHere,
  nobody,
  offerTrainees,
} from "./trainee.js";

/** @import {Asked, Desk, Launch, Learning, RecordSoFar, Strip} from "./types" */

/** @param {Desk} desk @param {Strip} strip @returns {Launch} */
export function createLaunch(desk, strip) {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("frame"));
  let visits = 0;

  /** @param {Asked} [asked] */
  function open(asked = {}) {
    visits += 1;
    /** @type {Window} */ (frame.contentWindow).location.replace(address(desk, visits, asked));
  }

  /** End the visit by going to another page. @param {string} address */
  async function leaveFor(address) {
    const gone = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    frame.src = address;
    await gone;
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
      /** @type {RecordSoFar} */
      const { messages } = await desk.server.get("record?calls=0");
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
    leave: () => leaveFor(`${desk.printed.course}/lms/left.html`),
  };
  return launch;
}

/**
 * The address of the learning system's page for a visit.
 *
 * @param {Desk} desk
 * @param {number} number
 * @param {Asked} asked
 */
function address({ name, printed, learning }, number, { attempt = "" }) {
  const { name: profile, settings, learner, ...found } = /** @type {Learning} */ (learning);
  const window = select("opened").value;
  const visit = { profile, settings, mode: chosenMode(), attempt, learner, window };
  const query = new URLSearchParams({ author: name, visit: `${Date.now()}-${number}` });
  const kept = found.profile.kept ? "&kept" : "";
  const fragment = encodeURIComponent(JSON.stringify(visit));
  return `${printed.course}/lms/?${query}${kept}#${fragment}`;
}
