// Opens a part of the package in the chosen learning system, as the chosen trainee.

import { chosenSystem, type Learning } from "../systems.ts";
import { visitAddress, type Asked } from "../launch.ts";
import { chooseTrainee, chosenMessages, keepsData } from "./trainee.ts";
import type { Stored } from "../../lms/stored.ts";
import type { Desk } from "../desk.ts";
import type { Strip } from "../strip.ts";
import type { PrintedPackage } from "./printed.ts";

export interface PackageLaunch {
  /** The number of the part that is open, from 0. */
  item: number;
  /** Opens the part again, as the last visit left it. */
  open(asked?: Asked): void;
  /** Opens the part as the chosen trainee. */
  start(): Promise<void>;
  /** Opens another part, as its last visit left it. */
  change(item: number): Promise<void>;
  /** Leaves the course for another page of the learning system. */
  leave(): Promise<void>;
}

/** @param origin The origin of the package. */
export function createPackageLaunch(
  desk: Desk & { printed: PrintedPackage },
  strip: Strip,
  origin: string,
  examples: Record<string, { values: Stored } | null>,
): PackageLaunch {
  const frame = document.getElementById("frame") as HTMLIFrameElement;
  const { server, printed } = desk;
  let visits = 0;

  /** Ends the visit by loading another page of the package's origin. */
  async function leave(path = "/lms/left.html") {
    const gone = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    frame.src = origin + path;
    await gone;
  }

  /** Gives the learning system what it holds of the chosen trainee. */
  async function give() {
    const learning = desk.learning as Learning;
    const item = printed.items[launch.item];
    const { messages, refused } = await chosenMessages(learning, item, examples);
    await server.post("begin", { item: launch.item, messages });
    desk.record = { messages, faults: {}, calls: [], count: 0 };
    if (refused.length)
      strip.say(`${learning.profile.name} refuses this value of ${refused.join(", ")}.`);
  }

  const launch: PackageLaunch = {
    item: 0,
    open(asked = {}) {
      visits += 1;
      const lms = `${origin}/item/${launch.item}/lms/`;
      (frame.contentWindow as Window).location.replace(visitAddress(lms, desk, visits, asked));
    },
    async start() {
      strip.clear("");
      const before = desk.learning;
      desk.learning = await chosenSystem();
      if (before && !isSame(before, desk.learning) && keepsData()) {
        chooseTrainee("new");
        strip.say("Another learning system holds nothing of the trainee, who begins as new.");
      }
      await leave(keepsData() ? undefined : "/clear");
      if (!keepsData()) await give();
      launch.open();
    },
    async change(item) {
      await leave();
      launch.item = item;
      desk.record = { messages: [], faults: desk.record.faults, calls: [], count: 0 };
      chooseTrainee("last");
      launch.open();
    },
    leave: () => leave(),
  };
  return launch;
}

const isSame = (one: Learning, other: Learning) =>
  one.name === other.name && JSON.stringify(one.settings) === JSON.stringify(other.settings);
