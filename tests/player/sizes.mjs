// Measures TypeScript for the tests: one JSON ["functions", source] a line in, one JSON {value} a
// line out, which are [name, first line, lines] of each function.
import { stripTypeScriptTypes } from "node:module";
import { createInterface } from "node:readline";
import { parse } from "acorn";

/** Every function in a part of the syntax tree, under the name that it or its place gives it. */
function* functions(node, name = "") {
  if (!node || typeof node !== "object") return;
  if (/Function/.test(node.type)) {
    const { start, end } = node.loc;
    yield [node.id?.name ?? name, start.line, end.line - start.line + 1];
  }
  const own = node.id?.name ?? node.key?.name ?? "";
  for (const child of Object.values(node)) yield* functions(child, own);
}

const calls = {
  functions: (source) => [
    // White space takes the place of types: every line stays where it is.
    ...functions(
      parse(stripTypeScriptTypes(source), {
        ecmaVersion: "latest",
        sourceType: "module",
        locations: true,
      }),
    ),
  ],
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...given] = JSON.parse(line);
  console.log(JSON.stringify({ value: calls[name](...given) }));
}
