// How rows appear among the statements, and what may be asked of the tables.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { preview, questions } = tablecast;

const scenario = {
  destinations: [{ delivery: "classic", warehouse: "postgres" }],
  changes: [
    { kind: "audience", key: "vip", userId: "o'brien", entered: true },
    { kind: "audience", key: "vip", userId: "u2", entered: false },
  ],
};

const kinds = (options) => preview(scenario, options).destinations[0].statements.map(({ kind }) => kind);

test("rows are among the statements unless they are left out", () => {
  const growth = ["createSchema", "createTable", "createTable"];
  assert.deepEqual(kinds(), [...growth, "load", "upsert"]);
  assert.deepEqual(kinds({ rowsPerStatement: 1 }), [...growth, "load", "load", "upsert", "upsert"]);
  assert.deepEqual(kinds({ loads: "none" }), growth);
  assert.ok(preview(scenario).destinations[0].statements.some(({ sql }) => sql.includes("'o''brien'")));
  assert.ok(preview(scenario, { loads: "bulk" }).destinations[0].statements.some(({ sql }) => sql.startsWith("COPY")));
});

test("options that are none are an error that names the nearest", () => {
  assert.throws(() => preview(scenario, { load: "none" }), ({ code, help }) => {
    return code === "unknown-field" && help.includes("loads");
  });
  assert.throws(() => preview(scenario, "none"), { name: "TablecastError", code: "wrong-type" });
});

test("questions are made from the tables that are there", () => {
  const [first] = questions(scenario);
  assert.equal(first.title, "Who is in `vip` now?");
  assert.deepEqual(first.needs, ["users.id", "users.vip"]);
  assert.deepEqual(questions(scenario, "postgres"), questions(scenario));
  assert.throws(() => questions(scenario, "redshift"), { name: "TablecastError", code: "unknown-choice" });
});
