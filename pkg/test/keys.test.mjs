// What is said of a scenario and of keys besides the preview.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { changeLines, lintKeys, parseChanges, policies, recognise, robustness, warehouses } = tablecast;

test("keys are looked over before they are created", () => {
  const [vip, again, order, none] = lintKeys(["vip", "VIP", "order", "日本"]);
  assert.deepEqual(vip, { key: "vip", column: "vip", table: null, exceptions: [], problems: [], suggestion: null });
  assert.equal(again.problems[0].other, "vip");
  assert.equal(again.suggestion, "vip_audience");
  assert.deepEqual(
    order.exceptions.map(({ warehouse, column }) => [warehouse, column]),
    [["snowflake", null], ["redshift", "_order"]],
  );
  assert.equal(none.column, null);
});

test("keys may be lines of text, and warehouses a choice", () => {
  const reports = lintKeys("open\nvip\n\n", ["postgres"]);
  assert.deepEqual(reports.map(({ key }) => key), ["open", "vip"]);
  assert.deepEqual(reports[0].problems, []);
});

test("keys may be of computed traits or events, under any policy", () => {
  const [joined, users] = lintKeys(["VIP Joined!", "Users"], null, { kind: "event" });
  assert.deepEqual([joined.table, joined.column, joined.problems], ["vip_joined", null, []]);
  assert.deepEqual([users.problems[0].code, users.suggestion], ["reserved-table", "Users Event"]);
  assert.equal(lintKeys(["2FA"], null, { kind: "computedTrait" })[0].suggestion, "trait_2fa");
  const [quoted] = lintKeys(["order"], ["redshift"], { policy: { reservedWords: "quoted" } });
  assert.deepEqual([quoted.column, quoted.exceptions], ["order", []]);
  assert.throws(() => lintKeys(["vip"], null, { kind: "group" }), { name: "TablecastError", code: "unknown-choice", path: "kind" });
});

test("what is no list of keys or warehouses is an error with its place", () => {
  const thrown = (...given) => {
    try {
      lintKeys(...given);
    } catch ({ name, code, path }) {
      return { name, code, path };
    }
  };
  assert.deepEqual(thrown(7), { name: "TablecastError", code: "wrong-type", path: "" });
  assert.deepEqual(thrown(["vip", 7]), { name: "TablecastError", code: "wrong-type", path: "[1]" });
  assert.deepEqual(thrown(["vip"], ["oracle"]), { name: "TablecastError", code: "unknown-choice", path: "[0]" });
});

test("a hundred thousand keys have a hundred thousand reports", () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => `Audience ${index % 60_000} of 2026`);
  const reports = lintKeys(keys);
  assert.equal(reports.length, keys.length);
  assert.equal(reports.filter(({ problems }) => problems.length > 0).length, 40_000);
  assert.equal(new Set(reports.flatMap(({ suggestion }) => suggestion ?? [])).size, 40_000);
});

test("every contested rule is a switch that a scenario may set", () => {
  const scenario = {
    destinations: [{ delivery: "classic", warehouse: "redshift" }],
    changes: [{ kind: "trait", key: "ltv", userId: "u1", value: 1 }],
  };
  for (const { id, choices } of policies()) {
    for (const { name, source } of choices) {
      assert.equal(tablecast.preview({ ...scenario, policy: { [id]: name } }).destinations.length, 1);
      assert.match(source, /^https:/);
    }
  }
});

test("robustness names the switch and the order that a column hangs on", () => {
  const text = `{
    "destinations": [{ "delivery": "classic", "warehouse": "snowflake" }],
    "changes": [
      { "kind": "trait", "key": "ltv", "userId": "u1", "value": "much" },
      { "kind": "trait", "key": "ltv", "userId": "u1", "value": 450.00 }
    ]
  }`;
  const { switches, order } = robustness(text);
  const of = (name) => switches.filter((effect) => effect.switch === name && effect.columns.some(({ column }) => column === "ltv"));
  assert.ok(of("numbers").length > 0 && of("columnType").length > 0);
  assert.deepEqual(order[0].others, [{ logicalType: "varchar", decidedBy: 1, swappedWith: 0, keys: null }]);
  const cleared = robustness({
    destinations: [{ delivery: "classic", warehouse: "snowflake" }],
    changes: [
      { kind: "trait", key: "ltv", userId: "u1", value: 10 },
      { kind: "trait", key: "ltv", userId: "u1", value: null },
    ],
  }).switches.find((effect) => effect.switch === "usersNull");
  assert.deepEqual(cleared.cells, [{ row: 0, column: "ltv", usual: 10, other: null }]);
  assert.equal(warehouses().length, 9);
});

test("a pasted text is read as far as it can be, and the rest is told line by line", () => {
  const pasted = recognise('audience vip enter u123\n{"type": "identify", "userId": "u1", "traits": {"ltv": 4.5}}\nhello?');
  assert.deepEqual(pasted.found, [{ kind: "change", count: 1 }, { kind: "call", count: 1 }]);
  assert.deepEqual(pasted.changes, [{ kind: "audience", key: "vip", userId: "u123", entered: true }]);
  assert.equal(pasted.calls[0].traits.ltv, 4.5);
  assert.deepEqual(pasted.computations, []);
  const [{ line, column, code }] = pasted.faults;
  assert.deepEqual({ line, column, code }, { line: 3, column: 1, code: "not-a-call" });
  assert.throws(() => recognise(7), { name: "TablecastError", code: "wrong-type" });
});

test("changes are lines, and lines are changes", () => {
  const lines = "audience vip enter u123 2026-01-15T10:00:00Z\ntrait ltv anonymous:a1 4.5\n";
  const { changes, faults } = parseChanges(lines);
  assert.deepEqual(faults, []);
  assert.deepEqual(changes[1], { kind: "trait", key: "ltv", anonymousId: "a1", value: 4.5 });
  assert.equal(changeLines(changes), lines);
  assert.equal(parseChanges("audience vip leave u1").faults[0].column, 14);
  assert.throws(() => changeLines([{ kind: "audience" }]), { name: "TablecastError", path: "[0]" });
});
