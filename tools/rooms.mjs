// Checks which room of templates/player/ uses which: the arrows point one way (its README.md).
// What is linked is what esbuild finds. Imports of types alone are not linked: they may also name
// what main.ts hands on, which is declared in app/. Another folder may be given.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// A room may use those of the rows below its own.
const ROWS = [
  ["parts"],
  ["app"],
  ["keep"],
  ["shell", "questions"],
  ["lms", "page"],
  ["state"],
  ["dom"],
];
const HANDED_ON = "app";

const folder = path.resolve(
  process.argv[2] ?? fileURLToPath(new URL("../templates/player", import.meta.url)),
);
const names = await readdir(folder, { recursive: true });
const modules = names.filter((name) => name.endsWith(".ts")).sort();
const roomOf = (module) => path.dirname(module);
const rowOf = (module) => ROWS.findIndex((row) => row.includes(roomOf(module)));
const isEntry = (module) => module === path.join("app", "main.ts") || roomOf(module) === "parts";
const faults = [];

/** The modules that each one names, those of types included. */
const named = new Map();
for (const module of modules) {
  const source = await readFile(path.join(folder, module), "utf8");
  const found = source.matchAll(/(?:\bfrom|\bimport) ?\(?"(\.[^"]+)"/g);
  named.set(
    module,
    [...found].map(([, to]) => path.join(roomOf(module), to)),
  );
}

const { metafile } = await build({
  entryPoints: modules,
  absWorkingDir: folder,
  bundle: true,
  write: false,
  metafile: true,
  outdir: folder,
  logLevel: "error",
}).catch(() => process.exit(1));
/** The modules that are linked with each one. */
const linked = new Map(
  modules.map((module) => [module, metafile.inputs[module].imports.map(({ path }) => path)]),
);

for (const module of modules) {
  if (rowOf(module) < 0) faults.push(`${module} is in no room`);
  for (const to of new Set([...named.get(module), ...linked.get(module)])) {
    const isType = !linked.get(module).includes(to);
    if (!modules.includes(to)) faults.push(`${module} uses ${to}, which is outside the player`);
    else if (roomOf(to) === roomOf(module) || rowOf(to) > rowOf(module)) continue;
    else if (!isType || roomOf(to) !== HANDED_ON)
      faults.push(`${module} uses ${isType ? "a type of " : ""}${to}: ${roomOf(to)}/ is not below`);
  }
}

const used = new Set();
function use(module) {
  if (used.has(module)) return;
  used.add(module);
  for (const to of named.get(module) ?? []) use(to);
}
modules.filter(isEntry).forEach(use);
for (const module of modules) if (!used.has(module)) faults.push(`${module} is used by nothing`);

const done = new Set();
function look(module, way) {
  if (way.includes(module))
    faults.push(`a circle: ${[...way.slice(way.indexOf(module)), module].join(" > ")}`);
  else if (!done.has(module)) for (const to of linked.get(module) ?? []) look(to, [...way, module]);
  done.add(module);
}
for (const module of modules) look(module, []);

for (const fault of faults) console.error(`rooms: ${fault}`);
const total = [...named.values()].reduce((sum, { length }) => sum + length, 0);
console.log(`rooms: ${modules.length} modules, ${total} imports, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
