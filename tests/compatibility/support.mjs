// Which browsers know a feature, from MDN's browser-compat-data.

import { readFileSync } from "node:fs";
import bcd from "@mdn/browser-compat-data/forLegacyNode";

const BROWSERS = JSON.parse(
  readFileSync(new URL("../../tools/browsers.json", import.meta.url), "utf8"),
);

/** Version numbers in order; "≤13" was there by 13 at the latest. */
const number = (version) =>
  version
    .replace("≤", "")
    .split(".")
    .reduce((sum, part, at) => sum + Number(part) / 1000 ** at, 0);

const plain = ({ flags, prefix, alternative_name: other }) => !flags && !prefix && !other;

function knows(statements, version) {
  return [statements ?? []]
    .flat()
    .filter(plain)
    .some(
      ({ version_added: from, version_removed: to }) =>
        typeof from === "string" &&
        from !== "preview" &&
        number(from) <= number(version) &&
        !(typeof to === "string" && number(to) <= number(version)),
    );
}

/**
 * The browsers of `versions` ({chrome: "88", …}) that do not know the feature of a BCD statement.
 */
const lacking = ({ support }, versions) =>
  Object.keys(versions).filter((browser) => !knows(support[browser], versions[browser]));

/** The statement at a path such as ["css", "properties", "float"], or null. */
export function at(...path) {
  let here = bcd;
  for (const name of path) {
    if (!here || !Object.hasOwn(here, name)) return null;
    here = here[name];
  }
  return here.__compat ?? null;
}

/**
 * The browsers among the oldest, or among those with the whole design, that do not know a feature;
 * a path that BCD does not have throws.
 */
export function missedBy(path, which = "oldest") {
  const statement = at(...path);
  if (!statement) throw Error(`no such feature: ${path.join(".")}`);
  return lacking(statement, BROWSERS[which]);
}

export const isOld = (path) => missedBy(path).length > 0;

/** The names that stand below a path. */
export function below(...path) {
  let here = bcd;
  for (const name of path) here = here?.[name];
  return Object.keys(here ?? {}).filter((name) => name !== "__compat");
}
