// What an LMS holds about one trainee: a fold over the messages that have reached its server.

import type { Profile, Settings } from "./profile-contract.ts";
import type { Message, Stored, TraineeRecord } from "./stored.ts";

/** The data in an LMS in common terms; null if it stores no such data. */
export interface Held {
  status: string;
  score: string;
  /** Total time of all visits. */
  seconds: number | null;
  location: string;
  state: string;
  /** Leaf → value, for each interaction. */
  interactions: Stored[] | null;
}

export type Summary = Held & { grade: number | null };

export function fold(profile: Profile, settings: Settings, messages: Message[]) {
  const record: TraineeRecord = {
    package: { item: "", mastery: "", launchData: "" },
    attempt: 1,
    attempts: { 1: {} },
    grade: null,
  };
  for (const message of structuredClone(messages)) receive(record, message, profile, settings);
  return record;
}

function receive(record: TraineeRecord, message: Message, profile: Profile, settings: Settings) {
  if (message.type === "package") {
    const { item, mastery, launchData } = message;
    if (record.package.item) profile.replaced(record, { item, mastery, launchData }, settings);
    record.package = { item, mastery, launchData };
  }
  if (message.type === "held") Object.assign(record.attempts[record.attempt], message.values);
  if (message.type === "launch") profile.launched(record, message, settings);
  if (message.type === "data") profile.receive(record, message, settings);
}

export function summary(profile: Profile, record: TraineeRecord, settings: Settings): Summary {
  return { ...profile.held(record, settings), grade: profile.grade(record, settings) };
}
