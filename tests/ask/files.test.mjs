// Answers as files: what the database gives, read back from CSV and Parquet value by value.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";

import { csv } from "../../web/ask/csv.js";
import { ask, empty, fault, load, start } from "../../web/ask/engine.js";
import { parquet } from "../../web/ask/parquet.js";

let database;
before(async () => {
  database = await start();
});
after(() => database.close());

const every = `
  SELECT * FROM (VALUES
    (TRUE, 9223372036854775807::bigint, 1.5::double precision, TIMESTAMPTZ '2026-01-15 10:00:00.123456+00', '👋 "a", b' || E'\\n' || 'c',
      DATE '2026-01-15', 7::int, 12.50::numeric, TIMESTAMP '2026-01-15 10:00:00'),
    (FALSE, -9223372036854775808, 'NaN', '1969-12-31 23:59:59.999999+00', '', '1969-12-31', -7, 0.1, '1969-12-31 23:59:59.5'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
  ) AS t (boolean, bigint, double, timestamptz, text, date, integer, numeric, timestamp)`;

async function read(bytes) {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const schema = parquetSchema(await parquetMetadataAsync(file));
  const types = schema.children.map(({ element }) => [element.type, element.logical_type?.type].filter(Boolean).join(" "));
  return { rows: await parquetReadObjects({ file }), types };
}

test("Parquet keeps every type, value and null", async () => {
  const { rows, types } = await read(parquet(await ask(database, every)));
  assert.deepEqual(types, [
    "BOOLEAN", "INT64", "DOUBLE", "INT64 TIMESTAMP", "BYTE_ARRAY STRING", "INT32 DATE", "INT32", "DOUBLE", "INT64 TIMESTAMP",
  ]);
  const [first, second, third] = rows;
  assert.equal(first.boolean, true);
  assert.equal(first.bigint, 9223372036854775807n);
  assert.equal(second.bigint, -9223372036854775808n);
  assert.equal(first.double, 1.5);
  assert.ok(Number.isNaN(second.double));
  assert.equal(first.timestamptz.toISOString(), "2026-01-15T10:00:00.123Z");
  assert.equal(first.text, '👋 "a", b\nc');
  assert.equal(second.text, "");
  assert.equal(first.date.toISOString().slice(0, 10), "2026-01-15");
  assert.equal(second.date.toISOString().slice(0, 10), "1969-12-31");
  assert.deepEqual([first.integer, first.numeric, second.numeric], [7, 12.5, 0.1]);
  assert.equal(second.timestamp.toISOString(), "1969-12-31T23:59:59.500Z");
  assert.deepEqual(new Set(Object.values(third)), new Set([null]));
});

test("Parquet keeps microseconds", async () => {
  const bytes = parquet(await ask(database, "SELECT TIMESTAMPTZ '1969-12-31 23:59:59.999999+00' AS t"));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const parsers = { timestampFromMicroseconds: (micros) => micros };
  assert.deepEqual(await parquetReadObjects({ file, parsers }), [{ t: -1n }]);
});

test("Parquet keeps as text what its type cannot hold, and names that come twice apart", async () => {
  const odd = "SELECT 12345678901234567890.5::numeric AS a, 'infinity'::timestamptz AS a, '5 BC-01-01 BC'::text AS a, '{\"b\": [1]}'::json AS a";
  const { rows, types } = await read(parquet(await ask(database, odd)));
  assert.deepEqual(new Set(types), new Set(["BYTE_ARRAY STRING"]));
  assert.deepEqual(rows, [{ a: "12345678901234567890.5", a_2: "infinity", a_3: "5 BC-01-01 BC", a_4: '{"b": [1]}' }]);
});

test("Parquet of no rows has its columns", async () => {
  const { rows, types } = await read(parquet(await ask(database, "SELECT 1::bigint AS n, 'x' AS t WHERE FALSE")));
  assert.deepEqual([rows, types], [[], ["INT64", "BYTE_ARRAY STRING"]]);
});

test("CSV tells an empty text from nothing", async () => {
  const text = csv(await ask(database, `SELECT TRUE AS "yes, or no", '' AS b, NULL AS c, E'1\\n"2"' AS d, now() AT TIME ZONE 'UTC' > '2000-01-01' AS e`));
  assert.equal(text, '"yes, or no",b,c,d,e\r\ntrue,"",,"1\n""2""",true\r\n');
  assert.match(csv(await ask(database, "SELECT TIMESTAMPTZ '2026-01-15 10:00:00+00' AS t")), /^t\r\n2026-01-15T10:00:00Z\r\n$/);
});

test("a fault has PostgreSQL's words and its place, counted as a browser does", async () => {
  const sql = "SELECT '😀',\n  nope";
  const told = await ask(database, sql).then(assert.fail, (error) => fault(error, sql));
  assert.equal(told.message, 'column "nope" does not exist');
  assert.equal(sql.slice(told.position, told.position + 4), "nope");
});

test("of several statements the last with rows answers, and what is said besides is told", async () => {
  const { rows, notices } = await ask(database, "SELECT 1; SELECT 2; DO $$ BEGIN RAISE NOTICE 'hear'; END $$");
  assert.deepEqual([rows, notices], [[["2"]], ["NOTICE: hear"]]);
  const nothing = await ask(database, "  ");
  assert.deepEqual([nothing.fields, nothing.rows], [[], []]);
});

test("a script that is loaded again finds an empty database, whatever was left behind", async () => {
  const statements = ['CREATE SCHEMA "s";', 'CREATE TABLE "s"."t" (a int);', 'INSERT INTO "s"."t" VALUES (1);'];
  for (const leave of ["SELECT 1", "CREATE TABLE left_over (a int)", 'BEGIN; DELETE FROM "s"."t"', "BEGIN; SELECT 1/0"]) {
    const steps = [];
    await load(database, { statements, schema: "s" }, (done) => steps.push(done));
    assert.deepEqual(steps, [1, 2, 3]);
    assert.deepEqual((await ask(database, "TABLE t")).rows, [["1"]]);
    await ask(database, leave).catch(() => {});
  }
  await empty(database);
  const wrong = { statements: ["SELECT 1", "SELECT nope"], schema: "public" };
  await assert.rejects(load(database, wrong), (error) => fault(error).statement === 1);
});
