// Every sample, told to PostgreSQL as the page has it: its script runs, its tables have their rows, and every ready-made
// question has an answer.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { ask, load, start } from "../../web/ask/engine.js";

const path = process.env.TABLECAST_TWINS;
assert.ok(path, "TABLECAST_TWINS names what `cargo run -p tablecast-tests --example twins` prints");
const twins = (await readFile(path, "utf8")).trim().split("\n").map((line) => JSON.parse(line));

let database;
before(async () => {
  database = await start();
});
after(() => database.close());

test("every sample answers every question", async (t) => {
  let statements = 0;
  let questions = 0;
  for (const twin of twins) {
    const name = `${twin.sample}, ${twin.destination}`;
    await load(database, twin).catch((error) => assert.fail(`${name}: ${error.message}\n${twin.statements[error.statement]}`));
    for (const [table, rows] of twin.rows) {
      const answer = await ask(database, `SELECT count(*) FROM "${table}"`);
      assert.deepEqual(answer.rows, [[String(rows)]], `${name}: ${table}`);
    }
    for (const { id, sql } of twin.questions) {
      const { fields } = await ask(database, sql).catch((error) => assert.fail(`${name}: ${id}: ${error.message}\n${sql}`));
      assert.ok(fields.length > 0);
    }
    statements += twin.statements.length;
    questions += twin.questions.length;
  }
  assert.ok(twins.length > 50 && questions > 100, `${twins.length} twins, ${questions} questions`);
  t.diagnostic(`${twins.length} destinations, ${statements} statements, ${questions} questions`);
});
