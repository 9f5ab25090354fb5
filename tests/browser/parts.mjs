// What is fetched when it is first opened.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, start, story } from "./person/browser.mjs";

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

test("what few stories need comes with the first that needs it: one that is pasted", async () => {
  const { page, complaints } = await open(browser);
  await page.getByRole("button", { name: "Paste…" }).click();
  const paste = page.getByRole("dialog", { name: "Paste anything" });
  const selectiveSync = { off: ["tracks"] };
  const pasted = {
    destinations: [
      { id: "one", delivery: "classic", warehouse: "snowflake", selectiveSync },
      { id: "two", delivery: "storageActions", warehouse: "snowflake", activations: [{ computation: "vip", table: "vips" }] },
    ],
    changes: [{ kind: "audience", key: "vip", userId: "u1", entered: true }],
    calls: [{ type: "identify", userId: "u2", traits: { vip: true } }],
  };
  await paste.getByRole("textbox").fill(JSON.stringify(pasted));
  await paste.getByRole("button", { name: "Open this story" }).click();
  await page.getByRole("status").getByText("2 calls").waitFor();
  await page.getByRole("tab", { name: "two", exact: true }).click();
  await page.getByRole("article", { name: /\.vips$/ }).waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

const call = '[{"type":"identify","userId":"u2","traits":{"vip":true}}]';
const change = '[{"kind":"audience","key":"vip","userId":"u1","entered":true}]';
const activation = '{"computation":"vip","table":"vips"}';
const needing = {
  "pasted calls": [`{"destinations":[{"delivery":"classic","warehouse":"snowflake"}],"calls":${call}}`, "1 call"],
  "an escape in a name": [`{"destinations":[{"delivery":"classic","warehouse":"snowflake"}],"\\u0063alls":${call}}`, "1 call"],
  "Selective Sync": [
    `{"destinations":[{"delivery":"classic","warehouse":"snowflake","selectiveSync":{"off":["users"]}}],"changes":${change}}`,
    "1 row · 1 call",
  ],
  "storage actions": [
    `{"destinations":[{"delivery":"storageActions","warehouse":"snowflake","activations":[${activation}]}],"changes":${change}}`,
    "1 table · 1 row · 1 call",
  ],
};

for (const [what, [text, status]] of Object.entries(needing)) {
  test(`what few stories need comes with the first that is written: ${what}`, async () => {
    const { page } = await open(browser, { serviceWorkers: "block" });
    const editor = await story(page);
    await editor.waitFor();
    await page.route(isPart, (route) => route.abort());
    await editor.fill(text);
    const fault = page.getByRole("alert").filter({ hasText: "what reads this could not be fetched" });
    await fault.getByText("not-fetched").waitFor();
    await page.unroute(isPart);
    await fault.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("status").getByText(status).waitFor();
    assert.equal(await fault.count(), 0);
    await page.context().close();
  });
}

test("rows as SQL are fetched when somebody asks for them", async () => {
  const { page } = await open(browser, { serviceWorkers: "block" });
  await page.route(isPart, (route) => route.abort());
  await page.getByRole("radio", { name: "Inserts" }).check();
  await page.getByRole("alert").filter({ hasText: "The script with rows could not be fetched" }).waitFor();
  await page.unroute(isPart);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("INSERT INTO").first().waitFor();
  await page.context().close();
});
