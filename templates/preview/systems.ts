// The learning systems that the author can choose from.

import { PROFILES, loadProfile } from "../lms/profiles.ts";
import { el, select } from "./element.ts";
import type { Profile, Settings } from "../lms/profile-contract.ts";
import type { Learner } from "../lms/stored.ts";
import type { Desk } from "./desk.ts";

/** The learning system that is chosen: a profile of templates/lms, and who learns in it. */
export interface Learning {
  name: string;
  profile: Profile;
  settings: Settings;
  learner: Learner;
}

const LEARNER = { id: "learner-1", name: "Cohen, Dana" };

/** Offer all of them, with the settings that make a difference. */
export async function offerSystems({ printed }: Desk) {
  for (const name of Object.keys(PROFILES)) {
    const { profile } = await loadProfile(name);
    for (const [label, settings] of Object.entries({ "": {}, ...profile.variants })) {
      const value = JSON.stringify([name, settings]);
      const words = [profile.name, label].filter(Boolean).join(", ");
      const selected = name === printed.profile && !label;
      select("lms").append(el("option", { value, selected }, words));
    }
  }
}

/** The one that is chosen. */
export async function chosenSystem(): Promise<Learning> {
  const [name, given]: [string, Settings] = JSON.parse(select("lms").value);
  const { profile, settings } = await loadProfile(name, given);
  return { name, profile: profile as Profile, settings, learner: LEARNER };
}
