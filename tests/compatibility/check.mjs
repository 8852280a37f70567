// Prints, as JSON, what stylesheets and scripts ask of a browser that the oldest ones
// (tools/browsers.json) do not have. Arguments: files as they are in a package.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { features as ofScript, ownNames } from "./scripts.mjs";
import { features as ofStyles } from "./styles.mjs";
import { at, isOld, missedBy } from "./support.mjs";

/** What is missing where: from the oldest browsers, and still from those with the whole design. */
const missed = (path, place) => ({
  feature: path.join("."),
  place,
  oldest: missedBy(path),
  whole: missedBy(path, "whole_design"),
});

function styles(source) {
  return ofStyles(source).flatMap(({ path, place, use, former, others = [] }) => {
    if (!at(...path)) {
      return [{ feature: path.join("."), place, oldest: [], whole: [], unknown: true }];
    }
    if (!isOld(path)) return [];
    return [
      {
        ...missed(path, place),
        // The browser takes the declaration before instead.
        replaced: use === "value" && Boolean(former) && !former.some(isOld),
        // A selector that it does not know takes the others of its rule with it.
        spoils: use === "selector" && others.some((paths) => !paths.some(isOld)),
      },
    ];
  });
}

function scripts(source, own) {
  return ofScript(source, own).flatMap(({ paths, place }) => {
    if (paths.some((path) => !isOld(path))) return [];
    const nearest = (one, other) => (missedBy(other).length < missedBy(one).length ? other : one);
    return [missed(paths.reduce(nearest), place)];
  });
}

const read = (path) => ({ file: basename(path), source: readFileSync(path, "utf8") });
const files = process.argv.slice(2).map(read);
const own = ownNames(files.filter(({ file }) => file.endsWith(".js")).map(({ source }) => source));
const found = files.flatMap(({ file, source }) =>
  (file.endsWith(".css") ? styles(source) : scripts(source, own)).map((one) => ({ file, ...one })),
);
console.log(JSON.stringify(found));
