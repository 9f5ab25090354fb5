// The warehouse side as a person uses it: its time, destinations side by side, and what lies behind the tables.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { behind, chooseSample, open, start, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

test("steps through a story, and its tables grow with it", async () => {
  const { page } = await open(browser);
  await page.getByRole("button", { name: "To the start" }).click();
  await page.getByText("No tables yet").waitFor();
  await page.getByRole("button", { name: "One moment on" }).click();
  await page.getByText("1 of 2 happened, 2026-01-15 10:00:00").waitFor();
  assert.deepEqual(await table(page, "engage_default.users"), [
    "user_id | first_time_shopper | lands",
    "u123 | true | 01-15 11:00",
  ]);
  await page.getByRole("slider", { name: "Moment of the story" }).press("End");
  await page.getByText("All 2 happened, all landed by 2026-01-15 11:00:00").waitFor();
  assert.equal((await table(page, "engage_default.users"))[1], "u123 | true | 450.0 | 01-15 11:00");
  await page.context().close();
});

test("puts destinations side by side, and lights up what one change made in both", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "Two warehouses");
  await page.getByRole("button", { name: "Side by side" }).click();
  for (const name of ["analytics", "nightly"]) await page.getByRole("region", { name, exact: true }).waitFor();
  const first = page.getByRole("region", { name: "analytics", exact: true });
  await first.getByRole("grid", { name: "engage_default.identifies" }).getByRole("gridcell").first().hover();
  const lit = (name) => page.getByRole("region", { name, exact: true }).locator(".data-grid__row--pointed").count();
  assert.ok((await lit("analytics")) > 0 && (await lit("nightly")) > 0);
  await page.context().close();
});

test("compares two calls line by line", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Calls" }).click();
  await page.getByRole("button", { name: "Compare call 1" }).click();
  await page.getByRole("button", { name: "Compare call 2" }).click();
  const comparison = page.getByRole("region", { name: "Comparison of two calls" });
  assert.match(await comparison.innerText(), /first_time_shopper[^]*total_revenue_180_days/);
  await comparison.getByRole("button", { name: "End the comparison" }).click();
  await comparison.waitFor({ state: "hidden" });
  await page.context().close();
});

test("a rule that is decided otherwise is written into the story and changes the tables", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("radio", { name: "javascript" }).check();
  assert.equal((await table(page, "engage_default.users"))[1], "u123 | true | 450 | 01-15 11:00");
  await page.getByRole("radio", { name: /^asWritten 450.00/ }).check();
  assert.equal((await table(page, "engage_default.users"))[1], "u123 | true | 450.0 | 01-15 11:00");
  await page.context().close();
});

test("the map grows as time goes on", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "Identify and track at once");
  const map = await behind(page, "Map");
  const drawn = () => map.getByRole("article").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  const all = await drawn();
  assert.ok(all.length > 4, all.join());
  await page.getByRole("button", { name: "To the start" }).click();
  await map.getByText("The map grows with the story").waitFor();
  const grown = [0];
  while ((await drawn()).length < all.length) {
    await page.getByRole("button", { name: "One moment on" }).click();
    grown.push((await drawn()).length);
  }
  assert.ok(new Set(grown).size > 2, `${grown} tables`);
  assert.deepEqual(grown, grown.toSorted((one, other) => one - other));
  assert.deepEqual(await drawn(), all);
  await page.context().close();
});
