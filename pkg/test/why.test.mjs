// Why something is as it is, and what one scenario changes after another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { explain, plan, preview } = tablecast;

const scenario = (key) => ({
  destinations: [{ delivery: "classic", warehouse: "redshift" }],
  changes: [{ kind: "trait", key, userId: "u1", value: 450.5 }],
});

test("a cell tells the whole way to it", () => {
  const { title, steps } = explain(scenario("2 Day Value"), { table: "users", row: 0, column: "_2_day_value" });
  assert.equal(title, "`_2_day_value` in row 0 of `engage_default.users`");
  assert.deepEqual(
    steps.map(({ kind }) => kind),
    ["change", "call", "path", "name", "name", "type", "value", "latest", "row", "statement"],
  );
  assert.equal(steps[4].after, "_2_day_value");
  const { statements } = preview(scenario("2 Day Value"), { loads: "none" }).destinations[0];
  assert.equal(statements[steps.at(-1).statement].sql, steps.at(-1).after);
});

test("what is not there is an error that names what is", () => {
  assert.throws(() => explain(scenario("ltv"), { table: "user" }), {
    name: "TablecastError",
    code: "unknown-choice",
    help: "there is `identifies`, `users`",
  });
});

test("a plan names what comes and what is left behind", () => {
  const [redshift] = plan(scenario("ltv"), scenario("value")).destinations;
  assert.equal(redshift.fate, "changed");
  assert.deepEqual(
    redshift.tables[0].columns.map(({ column, fate }) => [column, fate]),
    [["value", "added"], ["ltv", "orphaned"]],
  );
  assert.equal(redshift.statements.length, 2);
  assert.equal(redshift.warnings[0].risk, "keyChanged");
});
