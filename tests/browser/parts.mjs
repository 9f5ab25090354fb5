// What is fetched when it is first opened.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, start } from "./person/browser.mjs";

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const isPart = (url) => url.pathname.endsWith(".wasm") && !/\/app-[^/]*$/.test(url.pathname);

test("nothing is fetched for a panel before it is opened, and each part once", async () => {
  const { page, complaints } = await open(browser);
  const fetched = [];
  page.on("request", (request) => isPart(new URL(request.url())) && fetched.push(request.url()));
  assert.equal(await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).length), 1);
  for (const tab of ["Map", "Calls", "Rules", "Map"]) await page.getByRole("tab", { name: tab, exact: true }).click();
  await page.getByRole("region", { name: "Map of the tables" }).waitFor();
  assert.ok(fetched.length > 0);
  assert.deepEqual(fetched, [...new Set(fetched)]);
  assert.deepEqual(complaints, []);
});

test("a part that does not come says so, and comes when it is tried again", async () => {
  // Once the browser keeps the page there is no part that does not come.
  const { page } = await open(browser, { serviceWorkers: "block" });
  await page.route(isPart, (route) => route.abort());
  await page.getByRole("tab", { name: "Map", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "The map could not be fetched" }).waitFor();
  await page.unroute(isPart);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("region", { name: "Map of the tables" }).waitFor();
  await page.context().close();
});
