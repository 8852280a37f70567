// The learning systems that the author can choose.

import { PROFILES, loadProfile } from "../lms/profiles.ts";
import { el, select } from "./element.ts";
import type { Profile, Settings } from "../lms/profile-contract.ts";
import type { Learner } from "../lms/stored.ts";
import type { Desk } from "./desk.ts";

/** The chosen learning system: a profile of templates/lms, and its learner. */
export interface Learning {
  name: string;
  profile: Profile;
  settings: Settings;
  learner: Learner;
}

const LEARNER = { id: "learner-1", name: "Cohen, Dana" };

/** Offers all profiles, with their variants. */
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

/** The chosen learning system. */
export async function chosenSystem(): Promise<Learning> {
  const [name, given]: [string, Settings] = JSON.parse(select("lms").value);
  const { profile, settings } = await loadProfile(name, given);
  return { name, profile: profile as Profile, settings, learner: LEARNER };
}
