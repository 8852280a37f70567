// Links the modules of what runs in a browser, and the player's styles, into files that are
// committed, so that no author needs Node: templates/player.js, player.css and parts/, the scripts
// of the simulated LMS and the preview. With --check it writes nothing and fails when one of them
// is stale or has no source any more.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const inCheckout = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const check = process.argv.includes("--check");
const names = async (folder) => (await readdir(inCheckout(folder))).sort();

// As esbuild calls them.
const BROWSERS = { chrome: "chrome", firefox: "firefox", safari: "safari", safari_ios: "ios" };
const { oldest } = JSON.parse(await readFile(inCheckout("tools/browsers.json"), "utf8"));
const PLAYER = {
  format: "iife",
  target: ["es2021", ...Object.entries(oldest).map(([name, version]) => BROWSERS[name] + version)],
  supported: { "optional-chain": true },
};
const STYLES = { target: PLAYER.target };
// Pages of ours import these, in browsers of today.
const MODULE = { format: "esm", target: "es2023" };
// These browsers know ?. itself, and fail only where something follows a spread argument in such a
// call (Chrome before 91: crbug.com/42201552), for which esbuild would replace every ?. by 20
// bytes.
const SPREAD = /\?\.(?:[\w$]|\?\.|\.)*\((?:[^()]|\([^()]*\))*\.\.\.(?:[^(),]|\([^()]*\))*,/;
const notice = "/* Generated: make player */";

const row = (entry, output, options) => [inCheckout(entry), inCheckout(output), options];
const made = (name, options) => row(`templates/${name}.ts`, `templates/${name}.js`, options);
const parts = await names("templates/player/parts");
const styles = await names("templates/css/parts");
const rows = [
  row("templates/player/app/main.ts", "templates/player.js", PLAYER),
  row("templates/css/main.css", "templates/player.css", STYLES),
  ...parts.map((name) =>
    row(`templates/player/parts/${name}`, `templates/parts/${name.replace(/ts$/, "js")}`, PLAYER),
  ),
  ...styles.map((name) => row(`templates/css/parts/${name}`, `templates/parts/${name}`, STYLES)),
  made("lms/frames", MODULE),
  made("lms/simulator", MODULE),
  made("preview/main", MODULE),
  made("preview/package/main", MODULE),
  made("preview/stage/main", MODULE),
];

for (const [entry, output, options] of rows) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    banner: { js: notice },
    logLevel: "warning",
    ...options,
  }).catch(() => process.exit(1));

  // White space before the value of a custom property says nothing; esbuild keeps it.
  const linked =
    options === STYLES
      ? result.outputFiles[0].text.replace(/(?<=[{;]--[\w-]+:) /g, "")
      : result.outputFiles[0].text;
  const [unsafe] = options === PLAYER ? (SPREAD.exec(linked) ?? []) : [];
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

const outputs = rows.map(([, output]) => output);
for (const name of await names("templates/parts")) {
  if (outputs.includes(inCheckout(`templates/parts/${name}`))) continue;
  if (check) {
    console.error(`player: templates/parts/${name} has no source. Run: make player`);
    process.exit(1);
  }
  await rm(inCheckout(`templates/parts/${name}`));
}
