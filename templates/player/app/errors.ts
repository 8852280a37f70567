// One failing component never stops the others.

/** @import {Guard} from "../types" */

/**
 * `guard(component, act)` runs `act` and returns what it gives; a fault is told, not thrown.
 *
 * @param {() => void} tell
 * @returns {Guard}
 */
export const createGuard = (tell) => (component, act) => {
  try {
    return act();
  } catch (error) {
    console.error(`scorm-builder, ${component}:`, error);
    tell();
  }
};
