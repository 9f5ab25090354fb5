// When rows land, how a warehouse is connected, and how a person is removed, as a person finds it out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { behind, chooseSample, chooseWarehouse, open, start, story as storyOf, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

const twoChanges = JSON.stringify({
  destinations: [{ delivery: "classic", warehouse: "snowflake" }],
  changes: [
    { kind: "audience", key: "vip", userId: "u1", entered: true, at: "2026-01-15T10:07:00Z" },
    { kind: "audience", key: "vip", userId: "u2", entered: true, at: "2026-01-15T10:41:00Z" },
  ],
});

async function opened(text) {
  const { page } = await open(browser);
  if (text) await (await storyOf(page)).fill(text);
  return page;
}

const goTo = async (page, time) => {
  const field = page.getByLabel("As of this time, in UTC");
  await field.fill(time);
  await field.dispatchEvent("change");
};

test("two changes of one hour land with one sync, and a minute before it neither is there", async () => {
  const page = await opened(twoChanges);
  assert.deepEqual(await table(page, "engage_default.identifies"), [
    "user_id | vip | lands",
    "u1 | true | 01-15 11:00",
    "u2 | true | 01-15 11:00",
  ]);
  const landing = page.getByRole("grid", { name: "engage_default.identifies" }).getByLabel("lands at 2026-01-15 11:00");
  assert.equal(await landing.count(), 2);

  await goTo(page, "2026-01-15T10:59:00");
  await page.getByText("2 of 2 happened, 2026-01-15 10:59:00").waitFor();
  await page.getByRole("grid", { name: "engage_default.identifies" }).getByLabel("not landed, lands at 2026-01-15 11:00").first().waitFor();
  const syncs = await behind(page, "Syncs");
  const waiting = syncs.getByRole("region", { name: "Happened, not landed: 2 calls" });
  assert.equal(await waiting.getByText("lands at 2026-01-15 11:00 UTC").count(), 2);
  await syncs.getByRole("region", { name: "Syncs to come" }).getByText("identifies").waitFor();
  await syncs.getByText("No sync has had anything to load").waitFor();

  await goTo(page, "2026-01-15T11:00:00");
  await page.getByText("All 2 happened, all landed by 2026-01-15 11:00:00").waitFor();
  const history = syncs.getByRole("region", { name: "Sync history" });
  await history.getByText("Success").waitFor();
  assert.match(await history.innerText(), /2026-01-15 11:00 UTC[^]*identifies 2 rows[^]*users 2 rows/);
  assert.equal(await syncs.getByText("Happened, not landed").count(), 0);
  await page.context().close();
});

test("half past ten only one had happened, wherever the handle of the bar is", async () => {
  const page = await opened(twoChanges);
  await goTo(page, "2026-01-15T10:30:00");
  await page.getByText("1 of 2 happened, 2026-01-15 10:30:00").waitFor();
  assert.equal(await page.getByLabel("As of this time, in UTC").inputValue(), "2026-01-15T10:30");
  assert.equal((await table(page, "engage_default.identifies")).length, 2);
  await page.getByRole("slider", { name: "Moment of the story" }).press("ArrowRight");
  await page.getByText("2 of 2 happened, 2026-01-15 10:41:00").waitFor();
  await page.context().close();
});

test("a sync that fails says why, and that the next one tries again", async () => {
  const page = await opened(
    JSON.stringify({
      destinations: [{ delivery: "classic", warehouse: "snowflake" }],
      changes: [
        { kind: "audience", key: "vip", userId: "u1", entered: true, at: "2026-01-15T10:10:00Z" },
        { kind: "trait", key: "order", userId: "u1", value: 7, at: "2026-01-15T10:20:00Z" },
      ],
      now: "2026-01-15T18:00:00Z",
    }),
  );
  const history = (await behind(page, "Syncs")).getByRole("region", { name: "Sync history" });
  const items = history.getByRole("listitem").filter({ has: page.getByRole("time") });
  await items.last().getByText("Partial").waitFor();
  assert.match(await items.last().innerText(), /Partial[^]*identifies 1 row[^]*the next sync tries again/);
  assert.match(await items.first().innerText(), /Failure[^]*No rows/);
  await history.getByText("Segment tells the workspace's owners").first().waitFor();
  await page.context().close();
});

test("a warehouse is set up with a person's own values, and a wrong one is refused before anything is copied", async () => {
  const page = await opened();
  const panel = await behind(page, "Set up");
  const script = panel.getByRole("region", { name: "Script 2" });
  assert.match(await script.innerText(), /CREATE WAREHOUSE "SEGMENT_WAREHOUSE"[^]*RSA_PUBLIC_KEY = '<public-key>'/);
  await panel.getByText("To be replaced in the scripts").waitFor();

  await panel.getByLabel("Database", { exact: true }).fill("MARKETING");
  await script.getByText('"MARKETING"').first().waitFor();
  await panel.getByLabel("Region of the workspace").selectOption({ label: "European Union (Dublin)" });
  const addresses = panel.getByRole("region", { name: "Addresses to let in" });
  assert.match(await addresses.innerText(), /3\.251\.148\.96\/29/);
  assert.equal(await addresses.getByRole("row").count(), 2);

  await panel.getByLabel("Account", { exact: true }).fill("https://my-business.snowflakecomputing.com");
  await panel.getByRole("alert").getByText("The scripts come once “Account” is mended").waitFor();
  assert.equal(await panel.getByLabel("Account", { exact: true }).getAttribute("aria-invalid"), "true");
  assert.equal(await panel.getByRole("button", { name: "Copy script 2" }).count(), 0);

  await panel.getByLabel("Account", { exact: true }).fill("my-business.us-east-1");
  await panel.getByRole("region", { name: "Script 3" }).getByText("my-business.us-east-1").waitFor();
  const steps = panel.getByRole("region", { name: "Steps for classic storage" });
  await steps.getByRole("checkbox", { name: /Select Test connection/ }).check();
  await panel.getByRole("region", { name: "Steps for Storage Actions" }).getByText("Select Set up activation").waitFor();

  await chooseWarehouse(page, "Google BigQuery");
  await panel.getByText("gcloud services enable bigquery.googleapis.com").waitFor();
  assert.equal(await panel.getByText("Addresses to let in").count(), 0);
  await page.context().close();
});

test("a person is removed from every table, in the dialect of the warehouse", async () => {
  const page = await opened();
  const panel = await behind(page, "Delete a person");
  await panel.getByText("Nobody named").waitFor();
  assert.deepEqual(await panel.locator("datalist option").evaluateAll((options) => options.map((one) => one.value)), ["u123"]);
  await panel.getByLabel("User id").fill("u123");
  await panel.getByRole("button", { name: "Write the statements" }).click();
  await panel.getByRole("status").getByText("3 rows of this story would go.").waitFor();
  const sql = async () => (await panel.locator("pre").allInnerTexts()).join("\n");
  assert.match(await sql(), /DELETE FROM "ENGAGE_DEFAULT"."USERS"\s+WHERE "ID" IN \('u123'\);/);
  await panel.getByRole("button", { name: "Copy all deletion statements" }).waitFor();
  const saved = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Download deletion statements" }).click();
  assert.equal((await saved).suggestedFilename(), "delete-from-engage_default.sql");

  await chooseWarehouse(page, "Google BigQuery");
  await panel.getByText("DELETE FROM `engage_default`.`users`").waitFor();
  await panel.getByLabel("User id").fill("it's");
  await panel.getByLabel("User id").press("Enter");
  await panel.getByText("No row of this story is theirs").waitFor();
  assert.match(await sql(), /IN \('it\\'s'\)/);
  await page.context().close();
});

test("what is typed stays when another panel is looked at in between", async () => {
  const page = await opened();
  await (await behind(page, "Set up")).getByLabel("Database", { exact: true }).fill("MARKETING");
  await behind(page, "SQL");
  assert.equal(await (await behind(page, "Set up")).getByLabel("Database", { exact: true }).inputValue(), "MARKETING");
  await page.context().close();
});

test("the schemas that other destinations make are below the map, with the views over all of them", async () => {
  const page = await opened();
  await chooseSample(page, "Schemas nobody asked for");
  const panel = await behind(page, "Map");
  const further = panel.getByRole("region", { name: "Further schemas" });
  await further.getByText("engage_default_2", { exact: true }).waitFor();
  assert.equal(await further.getByText("webhooks 3").count(), 1);
  await further.getByText("UNION ALL").first().waitFor();
  await chooseSample(page, "First-time shopper");
  await further.waitFor({ state: "detached" });
});
