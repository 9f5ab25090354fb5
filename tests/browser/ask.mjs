// Questions to the previewed tables, asked as a person does: PostgreSQL runs in the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { parquetReadObjects } from "hyparquet";

import { answer, ask, chooseSample, chooseWarehouse, open, openAsk, start, story, write } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

/** What is said of an answer with so many rows. */
const summary = (page, rows) => page.getByRole("region", { name: "Answer" }).getByText(new RegExp(`^${rows} in \\d+ ms$`));

/** What completion proposes. */
const proposal = (page, name) => page.getByRole("listbox", { name: "Completions" }).getByRole("option", { name }).first();

test("the database comes when it is first asked for, and nothing leaves the page", async () => {
  const { page, complaints, outside } = await open(browser);
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.getByRole("tab", { name: "Calls" }).click();
  assert.deepEqual(fetched.filter((path) => /worker|editor|pglite/.test(path)), []);
  await openAsk(page);
  for (const part of ["worker.js", "editor.js", "pglite.wasm", "pglite.data", "initdb.wasm"]) {
    assert.ok(fetched.some((path) => path.endsWith(part)), part);
  }
  await page.getByText("in place of Snowflake").waitFor();
  assert.deepEqual(complaints, []);
  assert.deepEqual(outside, []);
  await page.context().close();
});

test("a ready-made question is asked of what the story holds, and its answer follows the story", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "A shopper leaves");
  await openAsk(page);
  const kind = page.getByLabel("Ready-made question", { exact: true });
  await kind.selectOption({ label: "Who is in an audience now?" });
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await summary(page, "0 rows").waitFor();

  // Another person in the story is another row in the database, which the answer that is there does not know.
  const stale = page.getByText("The tables have changed since this was answered");
  assert.equal(await stale.count(), 0);
  const text = await story(page);
  await text.fill((await text.inputValue()).replace('"changes": [', '"changes": [{ "kind": "audience", "key": "first_time_shopper", "userId": "u7", "entered": true },'));
  await page.getByText(/^Ready: 2 tables with 6 rows/).waitFor({ timeout: 30_000 });
  await stale.waitFor();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await summary(page, "1 row").waitFor();
  assert.equal(await stale.count(), 0);
  assert.deepEqual(await answer(page), ["person", "u7"]);

  await kind.selectOption({ label: "How large was an audience over time?" });
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.getByRole("img", { name: /^Line chart of .*: 2 points/ }).waitFor();
  await page.getByRole("radio", { name: "Table" }).check();
  await page.getByRole("grid", { name: "Answer" }).waitFor();
  await page.context().close();
});

test("a question of one's own is completed from the tables there are, and remembered", async () => {
  const { page } = await open(browser);
  await openAsk(page);
  const editor = page.getByRole("textbox", { name: "SQL" });
  await editor.click();
  await page.keyboard.type("SELECT us");
  await proposal(page, "USER").waitFor();
  await page.keyboard.press("Escape");
  await write(page, "");
  await page.keyboard.type("SELECT * FROM us");
  await proposal(page, "users").waitFor();
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  await page.keyboard.type(" WHERE first_");
  await proposal(page, "first_time_shopper").waitFor();
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await summary(page, "1 row").waitFor();
  assert.match((await answer(page))[1], /u123/);

  await ask(page, "SELECT 42 AS answer");
  assert.deepEqual(await answer(page), ["answer", "42"]);
  await page.getByText("Asked before (2)").click();
  await page.getByRole("list", { name: "Asked before" }).getByRole("button", { name: /WHERE first_time_shopper/ }).click();
  assert.match(await editor.innerText(), /SELECT \* FROM users WHERE first_time_shopper/);
  await page.context().close();
});

test("a faulty question is told in PostgreSQL's words and pointed at", async () => {
  const { page } = await open(browser);
  await openAsk(page);
  await ask(page, "SELECT id,\n  nope FROM users");
  const fault = page.getByRole("alert").filter({ hasText: "does not exist" });
  await fault.getByText('column "nope" does not exist').waitFor();
  await fault.getByRole("button", { name: "Line 2, column 3" }).click();
  await page.keyboard.type("id AS ");
  await page.keyboard.press("End");
  assert.equal(await page.locator("sql-editor").evaluate((editor) => editor.value), "SELECT id,\n  id AS nope FROM users");
  await page.keyboard.press("Control+Enter");
  await summary(page, "1 row").waitFor();
  assert.equal(await fault.count(), 0);
  await page.context().close();
});

test("a question that takes too long is cancelled, and the tables are there again", async () => {
  const { page, complaints } = await open(browser);
  await openAsk(page);
  await write(page, "select count(*) from generate_series(1, 1e10)");
  await page.getByRole("button", { name: /^Run Ctrl/ }).click();
  await page.getByText("PostgreSQL is at it…").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText(/^Cancelled\./).waitFor();
  await page.getByText(/^Ready: 2 tables with 3 rows/).waitFor({ timeout: 60_000 });
  await ask(page, "SELECT count(*) AS n FROM users");
  assert.deepEqual(await answer(page), ["n", "1"]);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("numbers through time are a chart at once, others by choice", async () => {
  const { page } = await open(browser);
  await openAsk(page);
  await ask(page, "SELECT day, extract(day from day)::int AS n FROM generate_series(TIMESTAMPTZ '2026-01-01', '2026-01-31', '1 day') AS day");
  await page.getByRole("img", { name: "Line chart of n by day: 31 points, from 1 at 2026-01-01T00:00:00Z to 31 at 2026-01-31T00:00:00Z; lowest 1 at 2026-01-01T00:00:00Z, highest 31 at 2026-01-31T00:00:00Z" }).waitFor();
  await ask(page, "SELECT * FROM (VALUES ('a', 2), ('b', -1)) AS t (name, n)");
  await page.getByRole("grid", { name: "Answer" }).waitFor();
  await page.getByRole("radio", { name: "Chart" }).check();
  await page.getByRole("img", { name: "Bar chart of n by name: a 2, b -1" }).waitFor();
  await page.context().close();
});

test("an answer and a table are taken along as CSV and Parquet", async () => {
  const { page } = await open(browser);
  await openAsk(page);
  await ask(page, "SELECT id, total_revenue_180_days, 9007199254740993::bigint AS big, NULL::text AS none FROM users");
  await summary(page, "1 row").waitFor();
  const saved = async (name) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const parquet = async ({ bytes }) =>
    parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });

  const text = await saved("Download the answer as CSV");
  assert.equal(text.name, "answer.csv");
  assert.equal(text.bytes.toString(), "id,total_revenue_180_days,big,none\r\nu123,450,9007199254740993,\r\n");
  const file = await saved("Download the answer as Parquet");
  assert.equal(file.name, "answer.parquet");
  assert.deepEqual(await parquet(file), [{ id: "u123", total_revenue_180_days: 450, big: 9007199254740993n, none: null }]);

  await page.getByText("Tables and columns").click();
  const table = await saved("Download the table users as Parquet");
  assert.equal(table.name, "users.parquet");
  const [row] = await parquet(table);
  assert.equal(row.first_time_shopper, true);
  assert.ok(row.received_at instanceof Date);
  await page.context().close();
});

test("the previewed script, run here, gives the previewed tables, whatever the warehouse", async (t) => {
  const { page, complaints } = await open(browser);
  const verdict = page.getByText(/^All [\d,]+ cells in [\d,]+ tables? are equal\.$/);
  const run = async (name) => {
    await page.getByRole("button", { name }).click();
    await verdict.waitFor({ timeout: 60_000 });
    return verdict.innerText();
  };
  await chooseWarehouse(page, "PostgreSQL");
  t.diagnostic(`First-time shopper: ${await run("Run this script here")}`);
  for (const sample of ["Types of traits", "Audience events", "Two warehouses", "A linked audience and its entities"]) {
    await chooseSample(page, sample).catch(() => assert.fail(`no sample ${sample}`));
    await verdict.waitFor({ state: "detached" });
    t.diagnostic(`${sample}: ${await run("Run its PostgreSQL twin here")}`);
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("everything can be asked by keyboard alone", async () => {
  const { page } = await open(browser);
  const keys = page.keyboard;
  await page.getByRole("tab", { name: "SQL" }).focus();
  await keys.press("ArrowRight");
  await page.getByText(/^Ready:/).waitFor({ timeout: 60_000 });
  const isEditor = () => page.evaluate(() => document.activeElement.localName === "sql-editor");
  for (let step = 0; !(await isEditor()); step += 1) {
    assert.ok(step < 20, "Tab never comes to the editor");
    await keys.press("Tab");
  }
  // Keys that mean something elsewhere on the page are letters here.
  await keys.type("select '?' as a");
  await keys.press("Control+Enter");
  await summary(page, "1 row").waitFor();
  assert.deepEqual(await answer(page), ["a", "?"]);
  await keys.press("Tab");
  assert.equal(await isEditor(), false);
  await page.context().close();
});

test("fits a small telephone", async () => {
  const { page } = await open(browser, { viewport: { width: 360, height: 740 } });
  await openAsk(page);
  await ask(page, "SELECT * FROM identifies");
  await summary(page, "2 rows").waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} pixels wide`);
  await page.context().close();
});
