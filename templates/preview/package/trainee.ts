// The trainees with whom a package can be opened.

import { earlierVisit } from "../earlier-visit.ts";
import { byId, el, select } from "../element.ts";
import type { PackageMessage, Message, Stored } from "../../lms/stored.ts";
import type { Learning } from "../systems.ts";
import type { Item } from "./printed.ts";

const TRAINEES = {
  new: "New",
  last: "As the last visit left it",
  review: "Looking back (review)",
  browse: "Looking round (browse)",
  typed: "With what I type …",
};
/** Those that only a package of our own has. */
const EXAMPLES: Record<string, string> = {
  "half-way": "Half-way",
  finished: "Finished",
  failed: "Failed",
};
/** Those for whom the data in the learning system stays as it is. */
const KEEPING = ["last", "review", "browse"];
const STATUSES = ["incomplete", "completed", "passed", "failed", "browsed"];

const choice = () => select("trainee");

/** @param examples The example trainees of this package, by name; null for an impossible one. */
export function offerTrainees(examples: Record<string, object | null>) {
  const found = Object.entries(EXAMPLES).filter(([name]) => examples[name]);
  for (const [value, words] of [...Object.entries(TRAINEES), ...found])
    choice().append(el("option", { value }, words));
  for (const status of STATUSES)
    select("typed-status").append(el("option", { value: status }, status));
}

export function chooseTrainee(value: "new" | "last") {
  choice().value = value;
  byId("typed").hidden = true;
}

export const chosenTrainee = () => choice().value;

export const keepsData = () => KEEPING.includes(choice().value);

/** The values that are typed in the form, in the order in which a course would set them. */
function typedValues(): Stored {
  const text = (id: string) => (byId(id) as HTMLInputElement).value;
  const score = text("typed-score").trim();
  const [place, state] = [text("typed-place"), text("typed-state").trim()];
  return {
    ...(score && {
      "cmi.core.score.min": "0",
      "cmi.core.score.max": "100",
      "cmi.core.score.raw": score,
    }),
    ...(place && { "cmi.core.lesson_location": place }),
    ...(state && { "cmi.suspend_data": state }),
    "cmi.core.exit": "suspend",
    "cmi.core.lesson_status": select("typed-status").value,
  };
}

/** What the learning system is given for a new trainee, and the elements that it has refused. */
export async function chosenMessages(
  learning: Learning,
  { item, mastery, launchData, version }: Item,
  examples: Record<string, { values: Stored } | null>,
): Promise<{ messages: Message[]; refused: string[] }> {
  const refused: string[] = [];
  const { value } = choice();
  if (value === "new") return { messages: [], refused };
  const values = value === "typed" ? typedValues() : examples[value]?.values;
  const uploaded: PackageMessage = { type: "package", item, mastery, launchData, version };
  const messages = await earlierVisit(learning, uploaded, { values: values ?? {} }, (element) =>
    refused.push(element),
  );
  return { messages, refused };
}
