// How an LMS reads and checks one element, by its profile and the values of its run-time.

import { general, RO, WO, type Code, type Model, type Value } from "./model.ts";
import type { Profile } from "./profile-contract.ts";
import type { Runtime } from "./runtime.ts";

type Held = { profile: Profile; model: Model; rt: Runtime };

/** What LMSGetValue returns for an element, and the error code. */
export function readElement(held: Held, element: string): { code: Code; value: Value | undefined } {
  const { profile, model, rt } = held;
  const { codes } = profile;
  const [, parent, keyword] = /^(.+)\.(_children|_count)$/.exec(element) ?? [];
  const list = parent && general(`${parent}.`).slice(0, -1);
  if (keyword === "_children" && model.children[list] !== undefined)
    return { code: codes.ok, value: model.children[list] };
  if (keyword === "_count" && model.lists.includes(list))
    return { code: codes.ok, value: profile.counts(count(rt.values, parent), parent) };

  const code = profile.checked ? unreadable(held, element, parent, keyword) : null;
  if (code !== null) return { code, value: "" };
  const initial = model.elements[general(element)]?.initial;
  return { code: codes.ok, value: profile.reads(rt.values.get(element), element, rt, initial) };
}

/**
 * The error code of reading an element; null if it can be read. Some LMSs refuse without an error.
 */
function unreadable(
  { profile: { codes }, model, rt }: Held,
  element: string,
  parent: string,
  keyword?: string,
) {
  if (keyword) {
    const code = keyword === "_children" ? codes.noChildren : codes.noCount;
    const isElement = Boolean(model.elements[general(parent)]);
    return typeof code === "function" ? code(parent, isElement) : code;
  }
  const row = model.elements[general(element)];
  if (!row) return codes.unknown(element, false);
  if (row.access === WO) return row.unread ?? codes.writeOnly;
  return isBeyond(rt.values, element, 0) ? codes.beyondRead : null;
}

/** The error code of setting an element to a value; `codes.ok` if it is accepted. */
export function writeError({ profile, model, rt }: Held, element: string, value: unknown) {
  const { codes } = profile;
  if (!profile.checked) return profile.known(element) ? codes.ok : codes.unknown(element, true);
  if (/\._(children|count|version)$/.test(element)) return codes.keyword;
  const row = model.elements[general(element)];
  if (!row) return codes.unknown(element, true);
  if (row.access === RO) return codes.readOnly;
  const gap = isBeyond(rt.values, element, 1) ? beyondWrite(profile, element) : "";
  if (gap && profile.indexFirst) return gap;
  if (typeof value !== "string" || !row.takes?.(value, element, rt.values)) return codes.type;
  return gap || codes.ok;
}

const beyondWrite = ({ codes: { beyondWrite: code } }: Profile, element: string) =>
  typeof code === "function" ? code(element) : code;

/** The value that is stored for an accepted one. */
export function storedValue({ model, rt }: Held, element: string, value: string) {
  const keep = model.elements[general(element)]?.keep;
  return keep ? keep(value, rt.values.get(element)) : value;
}

/** The number of members in a list. */
function count(values: ReadonlyMap<string, Value>, list: string) {
  let most = 0;
  for (const element of values.keys()) {
    if (!element.startsWith(`${list}.`)) continue;
    const index = Number.parseInt(element.slice(list.length + 1), 10);
    if (index >= most) most = index + 1;
  }
  return most;
}

/** Whether an index is beyond its list, which may grow by `more`. */
function isBeyond(values: ReadonlyMap<string, Value>, element: string, more: number) {
  const steps = element.split(".");
  return steps.some(
    (step, at) =>
      /^\d+$/.test(step) && Number(step) >= count(values, steps.slice(0, at).join(".")) + more,
  );
}
