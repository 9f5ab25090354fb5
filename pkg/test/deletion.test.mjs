// Removing a person: statements, rows, and what is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { deletion } = tablecast;

const scenario = {
  destinations: [{ delivery: "classic", warehouse: "postgres" }],
  profiles: [{ userIds: ["u1"], emails: ["ann@x.io"] }],
  changes: ["u1", "u2"].map((userId) => ({ kind: "audience", key: "vip", userId, entered: true })),
};

test("each table has a statement, and the rows it takes", () => {
  const { person, destinations } = deletion(scenario, "u1");
  assert.deepEqual(person.userIds, ["u1"]);
  const [{ removals, erasure }] = destinations;
  assert.deepEqual(removals.map(({ statement, rows }) => [statement.table, statement.kind, rows]), [
    ["identifies", "delete", [0]],
    ["users", "delete", [0]],
  ]);
  assert.equal(erasure.bySegment, true);
});

test("nobody in particular is refused", () => {
  assert.throws(() => deletion(scenario, ""), { name: "TablecastError", code: "no-person", path: "userId" });
  assert.throws(() => deletion(scenario, 7), { code: "wrong-type" });
});
