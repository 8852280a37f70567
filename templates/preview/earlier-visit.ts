// Creates the data of a returning trainee by running one visit through the LMS's own API.

import { fold } from "../lms/record.ts";
import { createRuntime } from "../lms/runtime.ts";
import type { LaunchMessage, Message, PackageMessage } from "../lms/stored.ts";
import type { Means } from "../lms/transport.ts";
import type { Learning } from "./systems.ts";
import type { Trainee } from "./trainee.ts";

/**
 * The messages of a visit in which a trainee's course set these values.
 *
 * @param uploaded The package.
 * @param refused Called with each element whose value the LMS has refused.
 */
export async function earlierVisit(
  { profile, settings, learner }: Learning,
  uploaded: PackageMessage,
  { values }: Pick<Trainee, "values">,
  refused: (element: string) => void = () => {},
): Promise<Message[]> {
  const opened: LaunchMessage = { type: "launch", mode: "normal", attempt: "", learner };
  const messages: Message[] = [uploaded, opened];
  const record = fold(profile, settings, messages);
  const launch = profile.launch(record, { mode: "normal", learner }, settings);
  const mode = String(launch.elements["cmi.core.lesson_mode"] || launch.mode);
  const credit = String(launch.elements["cmi.core.credit"] ?? "");
  Object.assign(opened, { mode, credit });
  const deliver = (body: unknown, means: Means) => {
    const { attempt } = record;
    messages.push({
      type: "data",
      launch: 1,
      attempt,
      mode,
      credit,
      means,
      body: structuredClone(body),
    });
    return true;
  };
  const api = createRuntime({
    profile,
    settings,
    page: launch.elements,
    transport: {
      leaving: () => false,
      online: () => true,
      handling: () => "",
      sync: (body) => deliver(body, "sync"),
      beacon: (body) => deliver(body, "beacon"),
      later: async (body) => deliver(body, "fetch"),
    },
    timer: () => () => {},
  });
  api.LMSInitialize("");
  for (const [element, value] of Object.entries(values)) {
    if (String(api.LMSSetValue(element, value)) !== "true") refused(element);
    if (profile.paced) await settled();
  }
  api.LMSCommit("");
  await settled();
  api.LMSFinish("");
  await settled();
  return messages;
}

/** Resolves when everything that was sent asynchronously has arrived. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
