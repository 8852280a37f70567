// What a stylesheet asks of a browser: the features of BCD that it uses, and what has no entry
// there.

import { generate, parse, walk } from "css-tree";
import { at } from "./support.mjs";

// Names of BCD that are not the CSS name itself.
const LISTS = { not: "selector_list" };
const UNITS = {
  dvh: "viewport_percentage_units_dynamic",
  dvw: "viewport_percentage_units_dynamic",
  svh: "viewport_percentage_units_small",
  lvh: "viewport_percentage_units_large",
};

// Where functions of values are in BCD.
const TYPES = [[], ["color"], ["gradient"], ["transform-function"], ["basic-shape"]];
const functionOf = (name) =>
  TYPES.map((within) => ["css", "types", ...within, name]).find((path) => at(...path)) ?? [
    "css",
    "types",
    name,
  ];
const featureOf = (property, name) =>
  ["", "_function"]
    .map((end) => ["css", "properties", property, name + end])
    .find((path) => at(...path)) ?? null;

function selectorFeatures(selector) {
  const found = [];
  walk(selector, (node) => {
    if (node.type !== "PseudoClassSelector" && node.type !== "PseudoElementSelector") return;
    found.push(["css", "selectors", node.name]);
    const list = LISTS[node.name];
    const many =
      node.children?.first?.type === "SelectorList" && node.children.first.children.size > 1;
    if (list && many) found.push(["css", "selectors", node.name, list]);
  });
  return found;
}

function valueFeatures({ property, value }) {
  if (value.type !== "Value") return [];
  const found = [];
  walk(value, (node) => {
    if (node.type === "Function") {
      found.push(featureOf(property, node.name) ?? functionOf(node.name));
    }
    if (node.type === "Operator" && node.value === "/" && property === "content") {
      found.push(["css", "properties", "content", "alt_text"]);
    }
    if (node.type === "Identifier") found.push(...[featureOf(property, node.name)].filter(Boolean));
    if (node.type === "Dimension") {
      const unit = UNITS[node.unit] ?? node.unit;
      if (at("css", "types", "length", unit)) found.push(["css", "types", "length", unit]);
    }
  });
  return found;
}

function media(prelude) {
  const found = [];
  if (!prelude) return found;
  walk(prelude, (node) => {
    if (node.type === "Feature") {
      const name = node.name.replace(/^(min|max)-/, "");
      found.push(["css", "at-rules", "media", name]);
    }
    if (node.type === "FeatureRange") found.push(["css", "at-rules", "media", "range_syntax"]);
  });
  return found;
}

/**
 * Every feature that `source` uses, each with where it stands: {path, place, use}. `use` is "value"
 * for a declaration, with the `former` one of the same property in its rule, if any, whose features
 * a browser falls back to; "selector", with the `others` of its rule that go with it; or "rule".
 */
export function features(source) {
  const found = [];
  const tree = parse(source, { parseCustomProperty: true });
  walk(tree, {
    visit: "Atrule",
    enter(node) {
      const path = ["css", "at-rules", node.name];
      found.push({ path, place: `@${node.name}`, use: "rule" });
      if (node.name === "media") {
        const place = node.prelude ? generate(node.prelude) : "";
        for (const one of media(node.prelude)) found.push({ path: one, place, use: "rule" });
      }
    },
  });
  walk(tree, {
    visit: "Rule",
    enter(rule) {
      const selectors = rule.prelude.type === "SelectorList" ? rule.prelude.children.toArray() : [];
      const each = selectors.map((one) => ({ place: generate(one), paths: selectorFeatures(one) }));
      each.forEach(({ place, paths }, index) => {
        const others = each.filter((_, at) => at !== index).map((one) => one.paths);
        for (const path of paths) found.push({ path, place, use: "selector", others });
      });
      const before = new Map();
      for (const node of rule.block.children.toArray()) {
        if (node.type !== "Declaration") continue;
        const { property } = node;
        const place = `${generate(rule.prelude)} { ${generate(node)} }`;
        // Custom ones are ours, and whoever writes a vendor's has written the other one, too.
        const own = property.startsWith("-") ? [] : [["css", "properties", property]];
        const former = before.get(property) ?? null;
        const paths = [...own, ...valueFeatures(node)];
        for (const path of paths) found.push({ path, place, use: "value", former });
        before.set(property, paths);
      }
    },
  });
  return found;
}
