// What the functions give: the source document's tables, the same from objects and from text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";
import { compactTables } from "./support/compact.mjs";

const { preview, snakeCase, warehouses } = tablecast;

const shopper = { kind: "audience", key: "first_time_shopper", userId: "u123" };
const revenue = '{ "kind": "trait", "key": "total_revenue_180_days", "userId": "u123", "value": 450.00 }';
const scenario = (destination, ...changes) => `{
  "destinations": [${JSON.stringify({ delivery: "classic", warehouse: "snowflake", ...destination })}],
  "changes": [${changes.map((change) => (typeof change === "string" ? change : JSON.stringify(change))).join(", ")}]
}`;
const valueColumn = (given, key) => {
  const columns = preview(given).destinations[0].tables[0].columns;
  return columns.find(({ name }) => name === key);
};

test("the document's identify calls give the document's `identifies` and `users`", () => {
  const [destination] = preview(scenario({}, { ...shopper, entered: true }, revenue)).destinations;
  assert.deepEqual(compactTables(destination), {
    "engage_default.identifies": [
      ["user_id", "first_time_shopper", "total_revenue_180_days"],
      ["u123", true, null],
      ["u123", null, 450],
    ],
    "engage_default.users": [
      ["user_id", "first_time_shopper", "total_revenue_180_days"],
      ["u123", true, 450],
    ],
  });
});

test("the document's track calls give a table for each event", () => {
  const connections = ["first_time_shopper", "total_revenue_180_days"].map((computation) => ({
    computation,
    identify: false,
    track: true,
  }));
  const changes = [{ ...shopper, entered: true }, { ...shopper, entered: false }, revenue];
  const tables = compactTables(preview(scenario({ connections }, ...changes)).destinations[0]);
  assert.deepEqual(tables["engage_default.audience_entered"], [
    ["user_id", "audience_key", "first_time_shopper"],
    ["u123", "first_time_shopper", true],
  ]);
  assert.deepEqual(tables["engage_default.audience_exited"], [
    ["user_id", "audience_key", "first_time_shopper"],
    ["u123", "first_time_shopper", false],
  ]);
  const [heading, row] = tables["engage_default.trait_computed"];
  assert.deepEqual(Object.fromEntries(heading.map((name, index) => [name, row[index]])), {
    user_id: "u123",
    trait_key: "total_revenue_180_days",
    total_revenue_180_days: 450,
  });
});

test("text keeps numbers as written, and an object cannot", () => {
  const text = scenario({}, revenue);
  const whole = scenario({}, revenue.replace("450.00", "450"));
  const column = "total_revenue_180_days";
  assert.equal(valueColumn(text, column).logicalType, "float");
  assert.equal(valueColumn(whole, column).logicalType, "integer");
  assert.equal(valueColumn(JSON.parse(text), column).logicalType, "integer");
  assert.deepEqual(preview(JSON.parse(text)), preview(whole));
});

test("integers that a JavaScript number cannot hold come out as their digits", () => {
  for (const [written, cell] of [
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["9223372036854775807", "9223372036854775807"],
    ["-9223372036854775808", "-9223372036854775808"],
  ]) {
    const [table] = preview(scenario({}, revenue.replace("450.00", written))).destinations[0].tables;
    const index = table.columns.findIndex(({ name }) => name === "total_revenue_180_days");
    assert.equal(table.rows[0][index], cell);
    assert.equal(table.columns[index].logicalType, "integer");
  }
});

test("what comes out is plain JSON, with `null` for what is missing", () => {
  for (const given of [preview(scenario({}, { ...shopper, entered: true }, revenue)), warehouses()]) {
    assert.deepEqual(JSON.parse(JSON.stringify(given)), given);
  }
});

test("calls do not remember one another", () => {
  const once = preview(scenario({}, revenue));
  preview(scenario({ warehouse: "bigquery" }, { ...shopper, entered: true }));
  assert.deepEqual(preview(scenario({}, revenue)), once);
});

test("names are those of Segment's warehouses", () => {
  assert.equal(snakeCase("Total Revenue (180 days)"), "total_revenue_180_days");
  assert.equal(snakeCase("中"), "");
});

test("every warehouse is listed with its facts", () => {
  const ids = warehouses().map(({ id }) => id);
  assert.deepEqual(new Set(ids).size, ids.length);
  for (const warehouse of ids) {
    assert.equal(preview({ destinations: [{ delivery: "classic", warehouse }] }).destinations[0].warehouse, warehouse);
  }
});
