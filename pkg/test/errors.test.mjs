// What is thrown: an `Error` with a code, a sentence, a way out and a place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";
import { thrownBy } from "./support/compact.mjs";

const { preview, snakeCase } = tablecast;
const told = (call) => {
  const error = thrownBy(call);
  assert.ok(error instanceof Error);
  assert.equal(String(error), `TablecastError: ${error.message}`);
  const { name, code, message, help, path, line, column } = error;
  assert.equal(name, "TablecastError");
  return { code, message, help, path, line, column };
};

test("text that is not JSON is told by line and column", () => {
  assert.deepEqual(told(() => preview('{\n  "destinations": [],\n}')), {
    code: "malformed-json",
    message: "expected a key in double quotes, found `}`",
    help: null,
    path: "",
    line: 3,
    column: 1,
  });
  assert.equal(told(() => preview("")).code, "malformed-json");
});

test("an unknown field is told with the nearest known one, and where it is in text", () => {
  const text = '{\n  "destinations": [{"delivery": "classic", "warehouse": "db2"}],\n  "chnages": []\n}';
  const expected = {
    code: "unknown-field",
    message: "`chnages` is not a known field",
    help: "did you mean `changes`?",
    path: "chnages",
  };
  assert.deepEqual(told(() => preview(JSON.parse(text))), { ...expected, line: null, column: null });
  const { line, column, ...same } = told(() => preview(text));
  assert.deepEqual(same, expected);
  assert.equal(line, 3);
  assert.equal(typeof column, "number");
});

test("a wrong type is told with its path", () => {
  const change = { kind: "audience", key: "k", userId: "u1", entered: "yes" };
  assert.deepEqual(told(() => preview({ destinations: [], changes: [change] })), {
    code: "wrong-type",
    message: "expected a boolean, found a string",
    help: null,
    path: "changes[0].entered",
    line: null,
    column: null,
  });
});

test("an unknown warehouse is told the known ones", () => {
  const error = told(() => preview({ destinations: [{ delivery: "classic", warehouse: "snowflak" }] }));
  assert.equal(error.code, "unknown-choice");
  assert.match(error.help, /did you mean `snowflake`\?.*`bigquery`/);
});

test("`snakeCase` takes strings only", () => {
  for (const [given, found] of [[undefined, "undefined"], [1, "a number"], [{}, "an object"], [null, "null"]]) {
    const { code, message } = told(() => snakeCase(given));
    assert.deepEqual([code, message], ["wrong-type", `expected a string, found ${found}`]);
  }
});
