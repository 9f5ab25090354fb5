// What destinations are set to, by form; what cannot be, with the way out; and what a plan breaks.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open, start, statements, story, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

const destinations = (page) => page.getByRole("tab", { name: "Destinations" }).first().click();
const told = async (page) => JSON.parse(await (await story(page)).inputValue());

test("leaves a table out, and switches the source off for a while", async () => {
  const { page, complaints } = await open(browser);
  await destinations(page);
  await page.getByRole("button", { name: "Leave something out" }).click();
  await page.getByLabel("Left out 1", { exact: true }).selectOption("identifies");
  await page.getByRole("button", { name: "Switch something at a time" }).click();
  await page.getByRole("group", { name: "Switch 1" }).getByLabel("From", { exact: true }).fill("2026-02-01T00:00:00Z");
  const { selectiveSync } = (await told(page)).destinations[0];
  assert.deepEqual(selectiveSync, { off: ["identifies"], toggles: [{ at: "2026-02-01T00:00:00Z", target: "*", on: false }] });
  await destinations(page);
  await page.getByRole("button", { name: "Remove switch 1" }).click();
  await page.getByRole("button", { name: "Write what is left out 1 again" }).click();
  assert.deepEqual((await told(page)).destinations[0].selectiveSync, { off: [], toggles: [] });
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("counts the space's other destinations", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Space" }).click();
  await page.getByRole("button", { name: "Add a type of destination" }).click();
  const first = page.getByRole("group", { name: "Other destination 1" });
  await first.getByLabel("Type").fill("amplitude");
  await first.getByLabel("How many").fill("3");
  assert.deepEqual((await told(page)).otherDestinations, { amplitude: 3 });
  await page.getByRole("tab", { name: "Remarks" }).click();
  await page.getByRole("tabpanel", { name: /^Remarks/ }).getByText(/schema/).first().waitFor();
  await page.context().close();
});

test("fills an activation's columns and its runs by form", async () => {
  const { page } = await open(browser);
  await destinations(page);
  await page.getByLabel("Delivery").selectOption({ label: "Storage Actions" });
  await page.getByRole("button", { name: "Add an activation" }).click();
  await page.getByRole("button", { name: "Add a column to: Columns besides the preset's" }).click();
  const columns = page.getByRole("group", { name: "Columns besides the preset's" });
  await columns.getByLabel("Column 1", { exact: true }).fill("person");
  await columns.getByLabel("Path").fill("$.userId");
  await columns.getByLabel("Column 1 holds").selectOption({ label: "A fixed text" });
  await columns.getByLabel("Text").fill("gold");
  await page.getByLabel("Runs").selectOption({ label: "On days of the week" });
  const days = page.getByRole("group", { name: "Days of the week" });
  await days.getByRole("button", { name: "friday" }).click();
  await days.getByRole("button", { name: "monday" }).click();
  const [activation] = (await told(page)).destinations[0].activations;
  assert.deepEqual([activation.columns, activation.run], [{ person: "gold" }, { days: ["friday"], at: "09:00" }]);
  assert.match((await statements(page)).join(), /"PERSON" VARCHAR/);

  await destinations(page);
  await page.getByRole("switch", { name: "All columns by hand" }).check();
  const all = page.getByRole("group", { name: "All columns" });
  assert.ok((await all.getByLabel(/^Column \d+$/).count()) > 5);
  await page.context().close();
});

test("offers what is recommended where a pair is impossible, and one click does it", async () => {
  const { page } = await open(browser);
  await (await story(page)).fill(
    JSON.stringify({
      computations: [{ kind: "linkedAudience", key: "vip_accounts" }],
      destinations: [{ delivery: "classic", warehouse: "postgres" }],
      changes: [{ kind: "linkedAudience", key: "vip_accounts", userId: "u1", trigger: "profileEntered" }],
    }),
  );
  await destinations(page);
  const offers = page.getByRole("list", { name: "What cannot go this way" });
  assert.match(await offers.innerText(), /Linked audiences are written by storage actions only/);
  await offers.getByRole("button", { name: "Send vip_accounts to Snowflake by storage actions (recommended)" }).click();
  await offers.waitFor({ state: "hidden" });
  await page.getByRole("tab", { name: "snowflake" }).click();
  await page.getByRole("grid", { name: "default.vip_accounts_log" }).waitFor();
  await page.context().close();
});

test("plans: what comes and is left behind, in words too; the queries that break; and back into the table", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Plan" }).click();
  await page.getByRole("button", { name: "Compare with now" }).click();
  await page.getByLabel("Your own queries").fill("select first_time_shopper from users; select user_id from users; select * from elsewhere");
  const text = await story(page);
  await text.fill((await text.inputValue()).replaceAll("first_time_shopper", "shopper"));
  const plan = page.getByRole("tabpanel", { name: "Plan" });
  await plan.getByText("In 2 tables: 2 columns come, 2 columns are left behind").waitFor();
  assert.match(await plan.getByRole("list", { name: "Ready-made questions that find less" }).innerText(), /finds less Who is in first_time_shopper now\?/);
  const own = await plan.getByRole("list", { name: "What becomes of your queries" }).innerText();
  const told = [/finds less select first_time_shopper/, /finds what it found select user_id/, /names none of these tables select \* from elsewhere/];
  for (const said of told) assert.match(own, said);
  await plan.getByRole("button", { name: "Go to shopper of engage_default.users" }).click();
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "engage_default.users");
  assert.equal((await table(page, "engage_default.users"))[0], "user_id | shopper | total_revenue_180_days | lands");

  // A plan is about whole stories, and about the destinations that go.
  await page.getByRole("button", { name: "Compare with now instead" }).click();
  await page.getByRole("button", { name: "To the start" }).click();
  await plan.getByText("No changes").waitFor();
  await page.getByRole("radio", { name: "Google BigQuery" }).check();
  await plan.getByText("Left behind: “snowflake”, which is no destination any more").waitFor();
  const left = await plan.getByRole("list", { name: "Tables left behind in snowflake" }).innerText();
  assert.match(left, /left behind engage_default.identifies/i);
  await page.context().close();
});

test("a person with several ids and a telephone is told by form, and so are the hours of a plan's syncs", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Space" }).click();
  await page.getByRole("button", { name: "Add a person" }).click();
  const person = page.getByRole("group", { name: "Person 1" });
  await person.getByLabel("User ids").fill("u123, u124");
  await person.getByLabel("E-mail addresses").fill("kim@shop.test");
  await person.getByRole("button", { name: "Add a mobile device" }).click();
  await person.getByLabel("System of device 1").selectOption("android");
  await destinations(page);
  await page.getByLabel("Hours of its syncs, as in [6, 18]").fill("[6, 18]");
  const { profiles, destinations: [{ sync }] } = await told(page);
  assert.deepEqual([profiles[0].userIds, profiles[0].emails, profiles[0].devices[0].type], [["u123", "u124"], ["kim@shop.test"], "android"]);
  assert.deepEqual(sync, { hours: [6, 18] });
  await page.getByText("All 2 happened, all landed by 2026-01-15 18:00:00").waitFor();

  // Another destination is of another warehouse, since two of a kind would go by one id.
  await destinations(page);
  await page.getByRole("button", { name: "Add a destination" }).click();
  await page.getByRole("tab", { name: "bigquery" }).waitFor();
  await page.context().close();
});
