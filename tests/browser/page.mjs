// The page end to end, used as a person uses it: everything is found by its role and name.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chooseSample, chooseWarehouse, open, settled, start, statements, story as storyOf, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

test("loads below any path, without a complaint and without a request to anywhere else", async () => {
  const { page, complaints, outside } = await open(browser);
  await chooseSample(page, "Types of traits");
  for (const tab of ["Calls", "Remarks", "SQL"]) await page.getByRole("tab", { name: tab }).click();
  await page.getByRole("radio", { name: "Complete" }).check();
  await page.getByText("set by the loader").first().waitFor();
  assert.deepEqual(complaints, []);
  assert.deepEqual(outside, []);
  await page.context().close();
});

test("shows the first-time shopper in Snowflake as Segment's page prints it", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "First-time shopper");
  await chooseWarehouse(page, "Snowflake");
  // `lands` stands beside each table and is not of it.
  assert.deepEqual(await table(page, "engage_default.identifies"), [
    "user_id | first_time_shopper | total_revenue_180_days | lands",
    "u123 | true |  | 01-15 11:00",
    "u123 |  | 450.0 | 01-15 11:00",
  ]);
  assert.deepEqual(await table(page, "engage_default.users"), [
    "user_id | first_time_shopper | total_revenue_180_days | lands",
    "u123 | true | 450.0 | 01-15 11:00",
  ]);
  const sql = await statements(page);
  assert.equal(sql[0].trim(), 'CREATE SCHEMA IF NOT EXISTS "ENGAGE_DEFAULT";');
  assert.match(sql[1], /^CREATE TABLE "ENGAGE_DEFAULT"\."IDENTIFIES" \(/);
  assert.match(sql[2], /"FIRST_TIME_SHOPPER" BOOLEAN,[^]*"TOTAL_REVENUE_180_DAYS" FLOAT/);
  await page.context().close();
});

test("another warehouse is another dialect with other types, and the story says so", async () => {
  const { page } = await open(browser);
  const dialects = {
    "Google BigQuery": ["`total_revenue_180_days` FLOAT64", "`first_time_shopper` BOOL", '"bigquery"'],
    "Amazon Redshift": ['"total_revenue_180_days" DOUBLE PRECISION', '"first_time_shopper" BOOLEAN', '"redshift"'],
    Databricks: ["`total_revenue_180_days` DOUBLE", "`first_time_shopper` BOOLEAN", '"databricks"'],
  };
  for (const [warehouse, [float, boolean, id]] of Object.entries(dialects)) {
    await chooseWarehouse(page, warehouse);
    await page.getByRole("heading", { name: `engage_default in ${warehouse}` }).waitFor();
    const sql = (await statements(page)).join("\n");
    assert.ok(sql.includes(float) && sql.includes(boolean), `${warehouse}: ${sql}`);
    assert.ok((await (await storyOf(page)).inputValue()).includes(id));
    assert.equal((await table(page, "engage_default.users"))[1], "u123 | true | 450.0 | 01-15 11:00");
  }
  await page.context().close();
});

test("a broken story is pointed at by line and column, and the last good tables stay", async () => {
  const { page } = await open(browser);
  const story = await storyOf(page);
  const good = await story.inputValue();
  const bad = good.replace('"entered": true', '"entered": tru');
  await story.fill(bad);
  const fault = page.getByRole("alert");
  await fault.getByText("malformed-json").waitFor();
  assert.equal(await story.getAttribute("aria-invalid"), "true");
  assert.equal((await table(page, "engage_default.users")).length, 2);

  await fault.getByRole("button", { name: "Line 7, column 85" }).click();
  const caret = await story.evaluate((area) => area.selectionStart);
  assert.equal(bad.slice(0, caret).split("\n").length, 7);
  assert.equal(bad.slice(caret, caret + 3), "tru");

  await story.fill(good);
  await page.getByRole("status").getByText("2 tables · 3 rows · 2 calls").waitFor();
  assert.equal(await fault.innerText(), "");
  await page.context().close();
});

test("copies a statement and the whole script", async () => {
  const { page } = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy statement 2" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.match(await clipboard(), /^CREATE TABLE "ENGAGE_DEFAULT"\."IDENTIFIES" \(\n  "ID" VARCHAR NOT NULL,\n/);
  await page.getByRole("button", { name: "Copy all statements" }).click();
  await page.getByRole("button", { name: "Copied" }).first().waitFor();
  assert.equal((await clipboard()).match(/^CREATE /gm).length, 3);
  await page.context().close();
});

test("stops casting a long story where somebody does not want to wait, and goes on when they do", async () => {
  const { page } = await open(browser);
  const before = await table(page, "engage_default.users");
  // So slow that there is time to stop.
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 8 });
  await chooseSample(page, "A hundred thousand changes");
  await page.getByRole("button", { name: "Stop", exact: true }).click({ timeout: 60_000 });
  const status = page.getByRole("status");
  await status.getByText("Stopped: these are the tables of the story before").waitFor();
  assert.deepEqual(await table(page, "engage_default.users"), before);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await status.getByText("100,000 calls").waitFor({ timeout: 60_000 });
  assert.equal(await page.getByRole("button", { name: "Stop", exact: true }).count(), 0);
  await page.context().close();
});

test("scrolls through a hundred thousand rows with few of them in the document", async (t) => {
  const { page } = await open(browser);
  await chooseSample(page, "A hundred thousand changes");
  await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
  const grid = page.getByRole("grid", { name: "engage_default.identifies" });
  assert.equal(await grid.getAttribute("aria-rowcount"), "100001");

  const frames = await page.locator(".data-grid").first().evaluate(async (scroller) => {
    const times = [];
    let last = performance.now();
    for (let frame = 0; frame < 120; frame += 1) {
      scroller.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b);
  });
  t.diagnostic(`scroll frames: median ${frames[60].toFixed(1)} ms, 95th ${frames[114].toFixed(1)} ms`);
  assert.ok((await page.locator("tr").count()) < 300);

  await grid.focus();
  await page.keyboard.press("Control+End");
  await grid.getByRole("rowheader", { name: "100000", exact: true }).waitFor();
  const last = await page.evaluate(() => {
    const grid = document.activeElement;
    const cell = document.getElementById(grid.getAttribute("aria-activedescendant")).getBoundingClientRect();
    const sight = grid.closest(".data-grid").getBoundingClientRect();
    return { below: cell.bottom - sight.bottom, beside: cell.right - sight.right };
  });
  assert.ok(last.below <= 0 && last.beside <= 1, JSON.stringify(last));
  assert.equal(await grid.getByRole("rowheader", { name: "100000", exact: true }).isVisible(), true);
  await grid.getByRole("columnheader", { name: "user_id" }).hover();
  await page.context().close();
});

test("tabs, grids and choices work from the keyboard", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "SQL" }).focus();
  // Past what sets a warehouse up and what removes a person from it.
  for (let tabs = 0; tabs < 4; tabs += 1) await page.keyboard.press("ArrowRight");
  await page.getByRole("tabpanel", { name: "Calls" }).getByRole("button", { name: "Copy call 1" }).waitFor();

  const grid = page.getByRole("grid", { name: "engage_default.users" });
  await grid.focus();
  const active = () =>
    page.evaluate(() => {
      const id = document.activeElement.getAttribute("aria-activedescendant");
      return document.getElementById(id).textContent;
    });
  assert.equal(await active(), "u123");
  await page.keyboard.press("ArrowRight");
  assert.equal(await active(), "true");
  await page.keyboard.press("End");
  assert.equal(await active(), "01-15 11:00");

  await page.getByRole("radio", { name: "Snowflake" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { name: "engage_default in Google BigQuery" }).waitFor();
  await page.context().close();
});

test("remembers the theme that was chosen", async () => {
  const { page } = await open(browser, { colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("radio", { name: "Dark theme" }).check();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  await page.getByRole("heading", { name: "Tablecast" }).waitFor();
  assert.equal(await ground(), dark);
  assert.ok(await page.getByRole("radio", { name: "Dark theme" }).isChecked());
  await page.context().close();
});

test("fits a small telephone", async () => {
  const { page } = await open(browser, { viewport: { width: 360, height: 740 } });
  for (const sample of ["First-time shopper", "Types of traits", "Two warehouses"]) {
    await chooseSample(page, sample);
    await page.getByRole("radio", { name: "Complete" }).check();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${sample} is ${width} pixels wide`);
  }
  await page.context().close();
});

test("uses the whole of a very large screen, and no more", async () => {
  const { page } = await open(browser, { viewport: { width: 3840, height: 2160 } });
  const [tables, details] = [page.locator(".tables"), page.getByRole("tabpanel", { name: "SQL" })];
  const edge = (part, side) => part.evaluate((part, side) => part.getBoundingClientRect()[side], side);
  for (const sample of ["First-time shopper", "One trait, 829 columns", "The same story in five warehouses"]) {
    await chooseSample(page, sample);
    for (const columns of ["Compact", "Complete"]) {
      await page.getByRole("radio", { name: columns }).check();
      await settled(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 3840, `${sample} is ${width} pixels wide`);
      assert.ok((await edge(details, "right")) > 3_800, "what is behind the tables ends before the screen does");
      assert.ok((await edge(tables, "width")) > 1_280, "the tables are no wider than on a small screen");
    }
  }
  await page.getByRole("button", { name: "Side by side" }).click();
  await page.getByRole("region", { name: "snowflake", exact: true }).waitFor();
  const beside = page.getByRole("region", { name: "Destinations side by side" });
  assert.ok(await beside.evaluate((all) => all.scrollWidth <= all.clientWidth), "five destinations do not fit");
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 3840);
  await page.context().close();
});
