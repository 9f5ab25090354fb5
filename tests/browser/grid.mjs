// A table as a person moves about in it: columns found and kept in sight, rows taken along, and a table of any height.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open, start, story, table, until } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

const identifies = (page) => page.getByRole("grid", { name: "engage_default.identifies" });
const users = (page) => page.getByRole("grid", { name: "engage_default.users", exact: true });
const headings = async (page, name) => (await table(page, name))[0].split(" | ");

/** Where a cell begins, from the left edge of what is in sight of its table. */
const left = (cell) =>
  cell.evaluate((cell) => cell.getBoundingClientRect().left - cell.closest(".data-grid").getBoundingClientRect().left);

test("a column is sought by its name or its source, and the key stays beside what is found", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "Complete" }).check();
  await page.getByText("set by the loader").first().waitFor();
  const all = Number(await identifies(page).getAttribute("aria-colcount"));
  const sought = page.getByRole("searchbox", { name: "Find a column of engage_default.identifies" });
  await sought.fill("REVENUE");
  const shown = () => headings(page, "engage_default.identifies");
  assert.deepEqual(await shown(), ["idVARCHAR NOT NULL", "total_revenue_180_daysFLOAT", "lands"]);
  await sought.fill("context.");
  await identifies(page).getByRole("columnheader", { name: /^context_/ }).first().waitFor();
  assert.equal(await identifies(page).getByRole("columnheader", { name: /^received_at/ }).count(), 0);
  await sought.fill("no such column");
  assert.deepEqual(await shown(), ["idVARCHAR NOT NULL", "lands"]);
  await sought.press("Escape");
  assert.equal(Number(await identifies(page).getAttribute("aria-colcount")), all);
  await sought.fill("revenue");
  await sought.press("Enter");
  assert.equal(await sought.inputValue(), "");
  const found = identifies(page).getByRole("columnheader", { name: /^total_revenue_180_days/ });
  await until(async () => (await left(found)) >= 0, true);
  await page.context().close();
});

test("a row and a table are taken along as a spreadsheet takes them", async () => {
  const { page } = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  const held = (text) => until(() => page.evaluate(() => navigator.clipboard.readText()), text);
  const card = page.getByRole("article", { name: "engage_default.identifies" });
  const row = card.getByRole("button", { name: /^Copy row/ });
  await identifies(page).getByRole("gridcell", { name: "450.0" }).click();
  await row.click();
  await held("u123\t\t450.0\n");
  await card.getByRole("button", { name: "Copied" }).waitFor();
  await identifies(page).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Control+Shift+C");
  await held("u123\ttrue\t\n");
  await card.getByText("Row copied").waitFor();
  await card.getByRole("button", { name: "Copy the table engage_default.identifies" }).click();
  await held("user_id\tfirst_time_shopper\ttotal_revenue_180_days\nu123\ttrue\t\nu123\t\t450.0\n");
  await page.context().close();
});

test("the key stays in sight while the other columns go by", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "Complete" }).check();
  const key = users(page).getByRole("gridcell", { name: "u123", exact: true }).first();
  const heading = users(page).getByRole("columnheader", { name: /^id/ }).first();
  const other = users(page).getByRole("columnheader", { name: /^received_at/ });
  await other.waitFor();
  const before = await left(key);
  await users(page).hover();
  await page.mouse.wheel(100_000, 0);
  await other.waitFor({ state: "detached" });
  await users(page).getByRole("columnheader", { name: "lands" }).waitFor();
  for (const part of [key, heading]) assert.deepEqual(await left(part), before);
  // Nothing lies over it.
  const isOnTop = (cell) => {
    const { left, top, width, height } = cell.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("td, th") === cell;
  };
  for (const part of [key, heading]) assert.ok(await part.evaluate(isOnTop));
  await page.context().close();
});

test("the wheel goes by rows in a table that no browser can scroll through", async () => {
  const { page } = await open(browser);
  // Each change tells of the person under each of their 256 ids.
  const userIds = Array.from({ length: 256 }, (_, index) => `u${index}`);
  const change = (_, index) => ({ kind: "audience", key: "vip", userId: "u0", entered: index % 2 === 0 });
  await (await story(page)).fill(
    JSON.stringify({
      profiles: [{ userIds }],
      destinations: [{ delivery: "classic", warehouse: "snowflake" }],
      changes: Array.from({ length: 2_100 }, change),
    }),
  );
  await page.getByRole("status").getByText("537,600 calls").waitFor({ timeout: 120_000 });
  assert.equal(await identifies(page).getAttribute("aria-rowcount"), "537601");
  const first = (number) => page.waitForFunction(
    ([label, number]) => document.querySelector(`[aria-label="${label}"][role=grid] tbody th`).textContent === number,
    ["engage_default.identifies", number],
    { timeout: 10_000 },
  );
  await first("1");
  await identifies(page).hover();
  for (const [pixels, number] of [[30, "2"], [300, "12"], [3_000, "112"], [-60, "110"]]) {
    await page.mouse.wheel(0, pixels);
    await first(number);
  }
  await page.context().close();
});

test("three to five destinations stand side by side, and of a sixth it is said how to have it among them", async () => {
  const { page } = await open(browser);
  const beside = page.getByRole("region", { name: "Destinations side by side" });
  const names = ["one", "two", "three", "four", "five", "six"];
  const shown = () => beside.locator(":scope > section").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  for (const count of [3, 4, 5, 6]) {
    const destinations = names.slice(0, count).map((id) => ({ id, delivery: "classic", warehouse: "snowflake" }));
    await (await story(page)).fill(
      JSON.stringify({ destinations, changes: [{ kind: "audience", key: "vip", userId: "u1", entered: true }] }),
    );
    await page.getByRole("tab", { name: names[count - 1], exact: true }).waitFor();
    if (count === 3) await page.getByRole("button", { name: "Side by side" }).click();
    await beside.getByRole("region", { name: names[Math.min(count, 5) - 1], exact: true }).waitFor();
    assert.deepEqual(await shown(), names.slice(0, Math.min(count, 5)));
    assert.equal(await beside.getByRole("grid", { name: "engage_default.users", exact: true }).count(), Math.min(count, 5));
  }
  await page.getByText("Five of 6 destinations; choose another above to have it among them.").waitFor();
  await page.getByRole("tab", { name: "six", exact: true }).click();
  await beside.getByRole("region", { name: "six", exact: true }).waitFor();
  assert.deepEqual(await shown(), names.slice(1));
  await beside.getByRole("region", { name: "two", exact: true }).getByRole("grid").first().getByRole("gridcell").first().hover();
  assert.equal(await beside.locator(":scope > section", { has: page.locator(".data-grid__row--pointed") }).count(), 5);
  await page.context().close();
});
