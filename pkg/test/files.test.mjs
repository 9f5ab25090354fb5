// Files for other programs, and scenarios to show to others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { exportFile, preview, scrub } = tablecast;

const scenario = {
  destinations: [{ delivery: "classic", warehouse: "postgres" }],
  changes: [
    { kind: "trait", key: "note", userId: "kim-4711", value: "=HYPERLINK(1)" },
    { kind: "trait", key: "email", userId: "kim-4711", value: "kim@shop.test" },
  ],
};

test("rows are written as CSV or NDJSON, calls as NDJSON", () => {
  const csv = exportFile(scenario, { table: "users", format: "csv", formulas: "defused" });
  assert.match(csv, /^id,received_at,.*note.*\r\nkim-4711,.*'=HYPERLINK\(1\)/);
  const [row] = exportFile(scenario, { table: "engage_default.users" }).trim().split("\n").map(JSON.parse);
  assert.equal(row.note, "=HYPERLINK(1)");
  assert.equal(exportFile(scenario).trim().split("\n").map(JSON.parse)[1].traits.email, "kim@shop.test");
});

test("what is not there is refused by name", () => {
  assert.throws(() => exportFile(scenario, { table: "user" }), { code: "unknown-choice", help: "there is `identifies`, `users`" });
  assert.throws(() => exportFile(scenario, { format: "csv" }), { code: "wrong-type" });
  assert.throws(() => exportFile(scenario, []), { code: "wrong-type" });
});

test("a scrubbed scenario names nobody and keeps its tables", () => {
  const scrubbed = scrub(scenario);
  assert.deepEqual(scrubbed.replaced, [{ kind: "userId", count: 1 }, { kind: "email", count: 1 }]);
  assert.doesNotMatch(scrubbed.scenario, /kim/);
  const shape = (text) => preview(text).destinations[0].tables.map(({ name, columns, rows }) => [name, columns.map(({ name, type }) => [name, type]), rows.length]);
  assert.deepEqual(shape(scrubbed.scenario), shape(scenario));
  assert.throws(() => scrub("[]"), { code: "wrong-type" });
});
