// The learning systems that the author can choose from.

import { PROFILES, loadProfile } from "../lms/profiles.js";
import { el, select } from "./element.js";

/** @import {Desk, Learning, Profile, Settings} from "./types" */

const LEARNER = { id: "learner-1", name: "Cohen, Dana" };

/** Offer all of them, with the settings that make a difference. @param {Desk} desk */
export async function offerSystems({ printed }) {
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

/** The one that is chosen. @returns {Promise<Learning>} */
export async function chosenSystem() {
  /** @type {[string, Settings]} */
  const [name, given] = JSON.parse(select("lms").value);
  const { profile, settings } = await loadProfile(name, given);
  return { name, profile: /** @type {Profile} */ (profile), settings, learner: LEARNER };
}
