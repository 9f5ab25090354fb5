// The types say what the functions do, to every way TypeScript has of finding them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { typeErrors } from "./support/typescript.mjs";

const resolutions = {
  "node16, import": { name: "node16.mts", module: "node16", moduleResolution: "node16" },
  "node16, require": { name: "node16.cts", module: "node16", moduleResolution: "node16" },
  "nodenext, import": { name: "nodenext.mts", module: "nodenext", moduleResolution: "nodenext" },
  "nodenext, require": { name: "nodenext.cts", module: "nodenext", moduleResolution: "nodenext" },
  bundler: { name: "bundler.ts", module: "esnext", moduleResolution: "bundler" },
};
const read = (name) => readFileSync(new URL(`types/${name}`, import.meta.url), "utf8");

for (const [title, { name, ...options }] of Object.entries(resolutions)) {
  test(`right code is right: ${title}`, () => {
    assert.deepEqual(typeErrors(name, read("right.ts"), options), []);
  });
}

test("`tablecast/web` has types of its own", () => {
  const lib = ["lib.es2022.d.ts", "lib.dom.d.ts"];
  assert.deepEqual(typeErrors("web.ts", read("web.ts"), { ...resolutions.bundler, lib }), []);
});

test("each line of wrong code is an error", () => {
  const wrong = read("wrong.ts");
  const unmarked = wrong.replaceAll(/^.*@ts-expect-error.*\n/gm, "");
  assert.deepEqual(typeErrors("marked.mts", wrong, resolutions["nodenext, import"]), []);
  const marks = wrong.match(/@ts-expect-error/g).length;
  assert.equal(typeErrors("wrong.mts", unmarked, resolutions["nodenext, import"]).length, marks);
});
