// What a script asks of a browser: the features of BCD that it uses.

import { parse } from "acorn";
import { at, below, isOld } from "./support.mjs";

const SYNTAX = 2021;
// Minified names of our own; no object of a browser has one so short.
const SHORTEST = 3;

/**
 * For each name of a property or method the paths of all that have it. What the oldest browsers do
 * not have at all, no script holds without naming it, which is found by itself.
 */
const owners = new Map();
for (const start of [["api"], ["javascript", "builtins"]]) {
  for (const owner of below(...start)) {
    if (!at(...start, owner) || isOld([...start, owner])) continue;
    for (const name of below(...start, owner)) {
      const path = [...start, owner, name];
      if (at(...path)) owners.set(name, [...(owners.get(name) ?? []), path]);
    }
  }
}

function* nodes(tree) {
  if (Array.isArray(tree)) for (const one of tree) yield* nodes(one);
  else if (tree && typeof tree.type === "string") {
    yield tree;
    for (const [key, value] of Object.entries(tree)) {
      if (value && typeof value === "object" && key !== "regex") yield* nodes(value);
    }
  }
}

const first = (...paths) => paths.find((path) => at(...path)) ?? null;
const globalOf = (name) =>
  first(["javascript", "builtins", name], ["api", name], ["api", "Window", name]);
// `navigator` is a Navigator; `crypto` is a Crypto.
const CLASSES = { localStorage: "Storage", sessionStorage: "Storage", indexedDB: "IDBFactory" };
const classOf = (name) =>
  [name, CLASSES[name] ?? name[0].toUpperCase() + name.slice(1)]
    .flatMap((one) => [
      ["javascript", "builtins", one],
      ["api", one],
    ])
    .filter((path) => at(...path));

function memberOf({ object, property }, calledHere, own) {
  const name = property.name;
  if (object.type === "Identifier" && object.name.length >= SHORTEST) {
    for (const owner of classOf(object.name)) {
      const exact = first([...owner, name], [...owner, `${name}_static`]);
      if (exact) return [exact];
    }
    const inWindow = ["window", "self", "globalThis"].includes(object.name) && globalOf(name);
    if (inWindow) return [inWindow];
  }
  const found = owners.get(name) ?? [];
  // A method of JavaScript is called; what is not, or what the player has under this name, is its
  // own.
  if (found.some(([root]) => root === "javascript")) {
    return calledHere && own.get(name) !== "method" ? found : [];
  }
  return own.has(name) ? [] : found;
}

/** The names that scripts give to properties of their own objects: each a "method" or a "value". */
export function ownNames(sources) {
  const own = new Map();
  for (const { type, computed, key, value } of nodes(sources.map(tree))) {
    if (type !== "Property" || computed) continue;
    const kind = /Function/.test(value.type) ? "method" : "value";
    const name = key.name ?? key.value;
    if (own.get(name) !== "method") own.set(name, kind);
  }
  return own;
}

const tree = (source) => parse(source, { ecmaVersion: SYNTAX });

const REGULAR = [
  [/\(\?<[=!]/, "lookbehind_assertion"],
  [/\(\?<[A-Za-z]/, "named_capturing_group"],
];

/**
 * Every feature that `source` uses, as {paths, place}: of several paths one is meant, and a script
 * cannot say which. `own` are the names of ownNames. Throws for syntax that is younger than
 * ECMAScript 2020.
 */
export function features(source, own) {
  const found = [];
  const see = (paths, place) => paths.length && found.push({ paths, place });
  const all = [...nodes(tree(source))];
  const names = new Set();
  const calls = new Set();
  for (const node of all) if (node.type === "CallExpression") calls.add(node.callee);
  for (const node of all) {
    if (node.type === "MemberExpression" && !node.computed) {
      see(memberOf(node, calls.has(node), own), node.property.name);
      names.add(node.property);
    }
    if (node.type === "Property" && !node.computed) names.add(node.key);
  }
  for (const node of all) {
    if (node.type === "Identifier" && !names.has(node) && node.name.length >= SHORTEST) {
      const path = globalOf(node.name);
      if (path) see([path], node.name);
    }
    if (node.type === "CallExpression" && called(node) === "addEventListener") {
      const [event] = node.arguments;
      const owned = event?.type === "Literal" && owners.get(`${event.value}_event`);
      if (owned) see(owned, `${event.value} (event)`);
    }
    if (node.type === "Literal" && node.regex) {
      for (const [pattern, name] of REGULAR) {
        if (!pattern.test(node.regex.pattern)) continue;
        see([["javascript", "regular_expressions", name]], node.raw);
      }
    }
  }
  return found;
}

const called = ({ callee }) =>
  callee.type === "MemberExpression" ? callee.property.name : callee.name;
