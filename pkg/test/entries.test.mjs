// Every door of the package opens onto the same functions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { installed, load, node, tablecast, writeFile } from "./support/installed.mjs";

const functions = [
  "changeLines",
  "deletion",
  "explain",
  "exportFile",
  "lintKeys",
  "migration",
  "parseChanges",
  "plan",
  "policies",
  "preview",
  "questions",
  "recognise",
  "recommend",
  "resolveMapping",
  "robustness",
  "scrub",
  "setup",
  "snakeCase",
  "warehouses",
];
const scenario = {
  destinations: [{ delivery: "classic", warehouse: "snowflake" }],
  changes: [{ kind: "audience", key: "first_time_shopper", userId: "u123", entered: true }],
};
const expected = tablecast.preview(scenario);

test("`import` gives the functions, ready at once", () => {
  assert.deepEqual(Object.keys(tablecast), functions);
  assert.equal(expected.destinations[0].tables[0].name, "identifies");
});

test("`require` gives the same functions, ready at once", () => {
  const script = `
    const tablecast = require("tablecast");
    console.log(JSON.stringify([Object.keys(tablecast).sort(), tablecast.preview(${JSON.stringify(scenario)})]));`;
  const [names, preview] = JSON.parse(node(writeFile("required.cjs", script)));
  assert.deepEqual(names, functions);
  assert.deepEqual(preview, expected);
});

test("`import` works from a line on the command line, with no flags", () => {
  const script = `import("tablecast").then((t) => console.log(JSON.stringify(t.preview(${JSON.stringify(scenario)}))))`;
  assert.deepEqual(JSON.parse(node("--eval", script)), expected);
});

test("the module for browsers holds its own wasm", async () => {
  const inline = await load("node_modules/tablecast/inline.js");
  assert.deepEqual(Object.keys(inline), functions);
  assert.deepEqual(inline.preview(scenario), expected);
});

test("`tablecast/web` works once its wasm is there", async () => {
  const web = await load(writeFile("web.mjs", 'export * from "tablecast/web"; export { default } from "tablecast/web";\n'));
  await web.default(readFileSync(path.join(installed, "tablecast_bg.wasm")));
  assert.deepEqual(web.preview(scenario), expected);
});

test("the module for workers takes a compiled wasm", () => {
  writeFile(
    "compiled.mjs",
    `export async function load(url, context, next) {
      if (!url.endsWith(".wasm")) return next(url, context);
      const source = \`import { readFileSync } from "node:fs";
        export default new WebAssembly.Module(readFileSync(new URL("\${url}")));\`;
      return { format: "module", source, shortCircuit: true };
    }`,
  );
  const script = `
    import { register } from "node:module";
    register("./compiled.mjs", import.meta.url);
    const { preview } = await import("tablecast");
    console.log(JSON.stringify(preview(${JSON.stringify(scenario)})));`;
  const printed = node("--conditions=workerd", writeFile("worker.mjs", script));
  assert.deepEqual(JSON.parse(printed), expected);
});

test("the package depends on nothing and holds no more than it says", () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) {
    assert.equal(manifest[field], undefined);
  }
  const named = JSON.stringify([manifest.main, manifest.types, manifest.exports, manifest.sideEffects]);
  for (const [file] of named.matchAll(/\.\/\w+\.[\w.]+/g)) {
    assert.ok(readFileSync(path.join(installed, file)).length > 0, file);
  }
});
