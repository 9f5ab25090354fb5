// Storage actions: what they write, which way is recommended, and what moving to them means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { migration, preview, recommend } = tablecast;

test("a linked audience is written into the table its activation names", () => {
  const { destinations } = preview({
    destinations: [
      {
        delivery: "storageActions",
        warehouse: "redshift",
        activations: [
          { computation: "vip", table: "vip_log", columns: { is_member: { "@path": "$.properties.vip" } } },
        ],
      },
    ],
    changes: [
      { kind: "linkedAudience", key: "vip", userId: "u1", trigger: "profileEntered", entityContext: { account: [] } },
    ],
  });
  const [{ tables, delivery, schema }] = destinations;
  assert.deepEqual([delivery, schema, tables[0].name, tables[0].kind], ["storageActions", "default", "vip_log", "activation"]);
  const column = (name) => tables[0].columns.findIndex((column) => column.name === name);
  assert.equal(tables[0].rows[0][column("is_member")], true);
  assert.equal(tables[0].rows[0][column("entity_context")], '{"account":[]}');
  assert.equal(tables[0].columns[column("entity_context")].logicalType, "json");
});

test("each computation has a recommended way", () => {
  assert.equal(recommend({ kind: "computedTrait", key: "ltv" }, "snowflake").delivery, "classic");
  assert.equal(recommend({ kind: "linkedAudience", key: "vip" }, "bigquery").delivery, "storageActions");
  assert.equal(recommend({ kind: "linkedAudience", key: "vip" }, "postgres").delivery, null);
  assert.throws(() => recommend({ kind: "audience" }, "snowflake"), { name: "TablecastError", code: "missing-field" });
  assert.throws(() => recommend({ kind: "audience", key: "vip" }, "snowflak"), { name: "TablecastError" });
});

test("a classic destination has a twin, a report and views", () => {
  const { twins, diagnostics } = migration({
    destinations: [
      { delivery: "classic", warehouse: "databricks" },
      { delivery: "classic", warehouse: "db2" },
    ],
    changes: [
      { kind: "audience", key: "vip", userId: "u1", entered: true },
      { kind: "trait", key: "ltv", userId: "u1", value: 450.75 },
    ],
  });
  assert.deepEqual(diagnostics.map(({ code, warehouse }) => [code, warehouse]), [["storage-actions-unsupported", "db2"]]);
  const [twin] = twins;
  assert.deepEqual([twin.destination, twin.storageActions.tables[0].rows.length], ["databricks", 1]);
  const columns = Object.fromEntries(twin.parity[0].columns.map((column) => [column.column, column.hasEquivalent]));
  assert.deepEqual([columns.vip, columns.ltv], [true, false]);
  assert.ok(twin.views[0].sql.startsWith("CREATE OR REPLACE VIEW `default`.`identifies` AS"));
});
