// Connecting a warehouse: scripts, secrets, and what is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { setup, warehouses } = tablecast;

test("every warehouse has its set-up, without a field", () => {
  for (const { id, offer } of warehouses()) {
    const { warehouse, scripts, checklists } = setup(id);
    assert.equal(warehouse, id);
    assert.equal(scripts.length > 0, offer !== "localTwin", id);
    assert.equal(checklists.length, { classicAndStorageActions: 2, classicOnly: 1, localTwin: 0 }[offer], id);
  }
});

test("what is given stands in the statements, and what is missing is explained", () => {
  const { statements, placeholders } = setup("redshift", { database: "analytics", region: undefined });
  assert.deepEqual(new Set(statements.map(({ kind }) => kind)), new Set(["setup"]));
  assert.match(statements[1].sql, /GRANT CREATE ON DATABASE "analytics" TO "segment";$/);
  assert.deepEqual(placeholders.map(({ text }) => text), ["<password>", "<hostname>"]);
});

test("fields may come as JSON text", () => {
  const fields = { database: "analytics", region: "eu" };
  assert.deepEqual(setup("redshift", JSON.stringify(fields)), setup("redshift", fields));
});

test("what else a warehouse may be prepared for is there, and what its errors mean", () => {
  const { further, errors } = setup("snowflake");
  assert.match(further[0].statements[0].sql, /CREATE DATABASE "SEGMENT_GRAPH";$/);
  assert.ok(errors.some(({ says }) => says.startsWith("002318")));
});

test("a secret comes back nowhere but in the statement that sets it", () => {
  const answer = setup("postgres", { password: "Tr0ub4dor&3" });
  assert.equal(JSON.stringify(answer.fields).includes("Tr0ub4dor"), false);
  assert.equal(answer.statements.filter(({ sql }) => sql.includes("Tr0ub4dor")).length, 1);
});

test("a wrong field is an error with its path", () => {
  const refused = { name: "TablecastError", code: "invalid-connection", path: "hostname", help: "write `db.example.com`" };
  assert.throws(() => setup("postgres", { hostname: "https://db.example.com/" }), refused);
  assert.throws(() => setup("postgres", { host: "db.example.com" }), { code: "unknown-field", path: "host" });
  assert.throws(() => setup("oracle"), { code: "unknown-choice" });
  assert.throws(() => setup("postgres", "db.example.com"), { code: "malformed-json" });
  assert.throws(() => setup("postgres", '{"hostname": "https://db.example.com/"}'), refused);
  assert.throws(() => setup("postgres", 7), { code: "wrong-type" });
});
