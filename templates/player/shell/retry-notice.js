// A message that something did not work, with Retry.

/** @import {Action, Notices, Say} from "../types" */

/**
 * @param {{notices: Notices, say: Say}} view
 * @param {string} subject
 * @param {string} key The key of its text.
 * @param {Action[1]} retry
 * @param {boolean} [alert]
 */
export const showRetry = ({ notices, say }, subject, key, retry, alert = true) =>
  notices.show(subject, say(key), { alert, actions: [[say("retry"), retry]] });
