// A message that something did not work, with Retry.

/** @import {Action, Notices, Say} from "../types" */

/**
 * @param {{notices: Notices, say: Say}} view
 * @param {string} subject
 * @param {string} words
 * @param {Action[1]} retry
 * @param {boolean} [alert]
 */
export const showRetry = ({ notices, say }, subject, words, retry, alert = true) =>
  notices.show(subject, words, { alert, actions: [[say("retry"), retry]] });
