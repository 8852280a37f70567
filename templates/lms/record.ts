// What an LMS holds of one trainee: a fold of what reached its server, in the order of arrival.

/**
 * @import {Message, Profile, Settings, Summary, TraineeRecord} from "./types"
 */

/**
 * @param {Profile} profile
 * @param {Settings} settings
 * @param {Message[]} messages
 */
export function fold(profile, settings, messages) {
  /** @type {TraineeRecord} */
  const record = {
    package: { item: "", mastery: "", launchData: "" },
    attempt: 1,
    attempts: { 1: {} },
    grade: null,
  };
  for (const message of structuredClone(messages)) receive(record, message, profile, settings);
  return record;
}

/**
 * @param {TraineeRecord} record
 * @param {Message} message
 * @param {Profile} profile
 * @param {Settings} settings
 */
function receive(record, message, profile, settings) {
  if (message.type === "package") {
    const { item, mastery, launchData } = message;
    if (record.package.item) profile.replaced(record, { item, mastery, launchData }, settings);
    record.package = { item, mastery, launchData };
  }
  if (message.type === "held") Object.assign(record.attempts[record.attempt], message.values);
  if (message.type === "launch") profile.launched(record, message, settings);
  if (message.type === "data") profile.receive(record, message, settings);
}

/**
 * @param {Profile} profile
 * @param {TraineeRecord} record
 * @param {Settings} settings
 * @returns {Summary}
 */
export function summary(profile, record, settings) {
  return { ...profile.held(record, settings), grade: profile.grade(record, settings) };
}
