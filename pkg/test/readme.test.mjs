// The README's snippets do what the README says they do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { installed, node, writeFile } from "./support/installed.mjs";
import { typeErrors } from "./support/typescript.mjs";

const readme = readFileSync(path.join(installed, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));

test("each snippet prints what stands below it", () => {
  const snippets = blocks.filter(({ language }) => language === "js");
  assert.equal(snippets.length, 5);
  snippets.forEach(({ text }, index) => {
    const below = blocks[blocks.findIndex((block) => block.text === text) + 1];
    assert.equal(below.language, "text");
    assert.equal(node(writeFile(`snippet${index}.mjs`, text)), below.text);
  });
});

test("the TypeScript snippet is well typed", () => {
  const [{ text }] = blocks.filter(({ language }) => language === "ts");
  assert.deepEqual(typeErrors("snippet.mts", text, { module: "nodenext", moduleResolution: "nodenext" }), []);
});
