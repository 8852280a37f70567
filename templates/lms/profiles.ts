// All profiles by their name in addresses and commands. Each loads when it is needed.

import type { Profile, Settings } from "./profile-contract.ts";

export const PROFILES: { [name: string]: () => Promise<{ profile: Profile }> } = {
  moodle: () => import("./profiles/moodle.ts"),
  strict: () => import("./profiles/strict.ts"),
  openedx: () => import("./profiles/openedx.ts"),
  ilias: () => import("./profiles/ilias.ts"),
  chamilo: () => import("./profiles/chamilo.ts"),
  rustici: () => import("./profiles/rustici.ts"),
  "wagtail-lms": () => import("./profiles/wagtail-lms.ts"),
  "scorm-again": () => import("./profiles/scorm-again.ts"),
  scormhost: () => import("./profiles/scormhost.ts"),
};

/**
 * A profile and its settings, with defaults for those not `given`. Throws if there is no such
 * profile or setting.
 */
export async function loadProfile(name: string, given: Settings = {}) {
  if (!Object.hasOwn(PROFILES, name)) {
    const names = Object.keys(PROFILES).join(", ");
    throw new RangeError(`there is no profile ${name}, only ${names}`);
  }
  const { profile } = await PROFILES[name]();
  const unknown = Object.keys(given).filter((setting) => !Object.hasOwn(profile.settings, setting));
  if (unknown.length) throw new RangeError(`${name} has no setting ${unknown.join(", ")}`);
  return { profile, settings: { ...profile.settings, ...given } };
}
