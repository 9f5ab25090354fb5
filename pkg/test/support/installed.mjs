// The packed package as its users have it: installed by npm from the tarball into a project of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const tarball = process.env.TABLECAST_TARBALL;
if (!tarball) throw new Error("TABLECAST_TARBALL names no packed package; `cargo xtask test` does");

/** The project's folder. */
export const project = mkdtempSync(path.join(tmpdir(), "tablecast-"));
after(() => rmSync(project, { recursive: true, force: true }));

writeFile("package.json", '{ "private": true, "type": "module" }');
execFileSync("npm", ["install", "--no-audit", "--no-fund", "--offline", path.resolve(tarball)], {
  cwd: project,
  stdio: ["ignore", "ignore", "inherit"],
});

/** The folder of the installed package. */
export const installed = path.join(project, "node_modules", "tablecast");

/** The folder of the sources the package was built from. */
export const sources = fileURLToPath(new URL("../../", import.meta.url));

/** Imports a module of the project by its path. */
export const load = (file) => import(pathToFileURL(path.resolve(project, file)));

/** Writes a file of the project and gives its path. */
export function writeFile(name, text) {
  const file = path.join(project, name);
  writeFileSync(file, text);
  return file;
}

/** Runs Node.js in the project and gives what it prints. */
export const node = (...words) =>
  execFileSync(process.execPath, words, { cwd: project, encoding: "utf8" });

writeFile("entry.mjs", 'export * from "tablecast";\n');

/** The package as `import … from "tablecast"` gives it. */
export const tablecast = await load("entry.mjs");
