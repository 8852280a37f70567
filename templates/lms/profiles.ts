// Every profile by the name in addresses and commands; the code of one is loaded when it is asked
// for.

/** @import {Profile, Settings} from "./types" */

/** @type {{[name: string]: () => Promise<{profile: Profile}>}} */
export const PROFILES = {
  moodle: () => import("./profiles/moodle.js"),
  strict: () => import("./profiles/strict.js"),
  openedx: () => import("./profiles/openedx.js"),
  ilias: () => import("./profiles/ilias.js"),
  chamilo: () => import("./profiles/chamilo.js"),
  rustici: () => import("./profiles/rustici.js"),
  "wagtail-lms": () => import("./profiles/wagtail-lms.js"),
  "scorm-again": () => import("./profiles/scorm-again.js"),
  scormhost: () => import("./profiles/scormhost.js"),
};

/**
 * A profile and its settings, the defaults where `given` has none. Throws where there is no such
 * profile or setting.
 *
 * @param {string} name
 * @param {Settings} [given]
 */
export async function loadProfile(name, given = {}) {
  if (!Object.hasOwn(PROFILES, name)) {
    const names = Object.keys(PROFILES).join(", ");
    throw new RangeError(`there is no profile ${name}, only ${names}`);
  }
  const { profile } = await PROFILES[name]();
  const unknown = Object.keys(given).filter((setting) => !Object.hasOwn(profile.settings, setting));
  if (unknown.length) throw new RangeError(`${name} has no setting ${unknown.join(", ")}`);
  return { profile, settings: { ...profile.settings, ...given } };
}
