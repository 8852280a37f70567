// Links the player's modules and styles into templates/player.js, player.css and parts/, which are
// committed so that no author needs Node. With --check it writes nothing and fails when one of
// them is stale or has no source any more. One other pair may be given: node tools/player.mjs
// [--check] [ENTRY OUTPUT]
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const inCheckout = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const args = process.argv.slice(2);
const check = args.includes("--check");
const given = args.filter((arg) => arg !== "--check");
const names = async (folder, ending) =>
  (await readdir(inCheckout(folder))).filter((name) => name.endsWith(ending)).sort();
const parts = {
  js: await names("templates/player/parts", ".js"),
  css: await names("templates/css/parts", ".css"),
};
const pairs = given.length
  ? [given]
  : [
      [inCheckout("templates/player/app/main.js"), inCheckout("templates/player.js")],
      [inCheckout("templates/css/main.css"), inCheckout("templates/player.css")],
      ...parts.js.map((name) => [
        inCheckout(`templates/player/parts/${name}`),
        inCheckout(`templates/parts/${name}`),
      ]),
      ...parts.css.map((name) => [
        inCheckout(`templates/css/parts/${name}`),
        inCheckout(`templates/parts/${name}`),
      ]),
    ];
// As esbuild calls them.
const BROWSERS = { chrome: "chrome", firefox: "firefox", safari: "safari", safari_ios: "ios" };
const { oldest } = JSON.parse(await readFile(inCheckout("tools/browsers.json"), "utf8"));
// All of these know ?. itself, and fail only where something follows a spread argument in such a
// call (Chrome before 91: crbug.com/42201552), for which esbuild would replace every ?. by 20
// bytes.
const SPREAD = /\?\.(?:[\w$]|\?\.|\.)*\((?:[^()]|\([^()]*\))*\.\.\.(?:[^(),]|\([^()]*\))*,/;
const notice = "/* Generated: make player */";

for (const [entry, output] of pairs) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: entry.endsWith(".js") ? "iife" : undefined,
    minify: true,
    supported: { "optional-chain": true },
    target: [
      "es2021",
      ...Object.entries(oldest).map(([name, version]) => BROWSERS[name] + version),
    ],
    charset: "utf8",
    legalComments: "none",
    banner: { js: notice },
    logLevel: "warning",
  }).catch(() => process.exit(1));

  // White space before the value of a custom property says nothing; esbuild keeps it.
  const linked = entry.endsWith(".css")
    ? result.outputFiles[0].text.replace(/(?<=[{;]--[\w-]+:) /g, "")
    : result.outputFiles[0].text;
  const [unsafe] = entry.endsWith(".js") ? (SPREAD.exec(linked) ?? []) : [];
  if (unsafe) {
    console.error(
      `player: ${unsafe} fails in Chrome before 91. Put the spread argument last, or do without ?.`,
    );
    process.exit(1);
  }
  if (!check) {
    await writeFile(output, linked);
  } else if (linked !== (await readFile(output, "utf8").catch(() => ""))) {
    console.error(`player: ${output} is not what its sources make. Run: make player`);
    process.exit(1);
  }
}

if (!given.length) {
  for (const name of await names("templates/parts", "")) {
    if (parts.js.includes(name) || parts.css.includes(name)) continue;
    if (check) {
      console.error(`player: templates/parts/${name} has no source. Run: make player`);
      process.exit(1);
    }
    await rm(inCheckout(`templates/parts/${name}`));
  }
}
