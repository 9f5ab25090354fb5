// Why is it so? Asked of whatever is on the page, and back from the answer to what it speaks of.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chooseSample, open, start, statements } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

const users = (page) => page.getByRole("grid", { name: "engage_default.users", exact: true });
const answer = (page) => page.getByRole("dialog", { name: "Why?" });

/** Whether the focus comes to what has this id or name; it follows within a few frames. */
const comesTo = (page, name) =>
  page.waitForFunction(
    (name) => [document.activeElement.id, document.activeElement.getAttribute("aria-label")].includes(name),
    name,
    { timeout: 10_000 },
  );

test("tells the whole way to a cell, and leads to each thing on it", async () => {
  const { page, complaints } = await open(browser);
  await users(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("?");
  await answer(page).getByRole("listitem").first().waitFor();
  const steps = await answer(page).getByRole("listitem").allInnerTexts();
  const kinds = steps.map((step) => step.split("\n")[0].trim());
  for (const kind of ["Change", "Call", "Path", "Name", "Type", "Value", "Statement"]) assert.ok(kinds.includes(kind), `${kind} in ${kinds}`);
  assert.match(steps.find((step) => step.startsWith("Path")), /traits\.first_time_shopper[^]*true/);

  await answer(page).getByRole("button", { name: "Go to change 1" }).first().click();
  await comesTo(page, "Change 1");
  await users(page).focus();
  await page.keyboard.press("Enter");
  await answer(page).getByRole("button", { name: "Go to call 1" }).first().click();
  await comesTo(page, "call-0");
  assert.equal(await page.getByRole("tab", { name: "Calls" }).getAttribute("aria-selected"), "true");
  await users(page).focus();
  await page.keyboard.press("Enter");
  await answer(page).getByRole("button", { name: /^Go to statement/ }).first().click();
  await page.waitForFunction(() => document.activeElement.id.startsWith("statement-"));
  await users(page).focus();
  await page.keyboard.press("Enter");
  await answer(page).getByRole("button", { name: "Go to the rule columnType" }).click();
  await comesTo(page, "rule-columnType");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("tells of columns, rows and tables, by heading, by number and by key", async () => {
  const { page } = await open(browser);
  await users(page).getByRole("columnheader", { name: /^first_time_shopper/ }).click();
  await answer(page).getByText("The column first_time_shopper of engage_default.users").waitFor();
  await answer(page).getByRole("button", { name: "Why this table?" }).click();
  await answer(page).getByText("The table engage_default.users").waitFor();
  await page.keyboard.press("Escape");
  await answer(page).waitFor({ state: "hidden" });

  await users(page).focus();
  await page.keyboard.press("Alt+Enter");
  await answer(page).getByText("Row 1 of engage_default.users").waitFor();
  await page.keyboard.press("Escape");
  await comesTo(page, "engage_default.users");
  await page.keyboard.press("Shift+Enter");
  await answer(page).getByText("The column first_time_shopper of engage_default.users").waitFor();
  await page.keyboard.press("Escape");
  await users(page).getByRole("rowheader").first().click();
  await answer(page).getByText("Row 1 of engage_default.users").waitFor();
  await page.context().close();
});

test("leads from an answer to a column that the compact view leaves out", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "Complete" }).check();
  await users(page).getByRole("columnheader", { name: /^received_at/ }).click();
  await answer(page).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Compact" }).check();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  await page.keyboard.type("last explanation");
  await page.keyboard.press("Enter");
  await answer(page).getByRole("button", { name: "Show it in the table" }).click();
  await comesTo(page, "engage_default.users");
  assert.ok(await page.getByRole("radio", { name: "Complete" }).isChecked());
  await page.context().close();
});

test("tells of statements, remarks and lost values, by button and by `?`", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "Types of traits");
  const second = page.getByRole("button", { name: "Copy statement 2" });
  await second.focus();
  await page.keyboard.press("?");
  await answer(page).getByText("A statement about identifies").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: "Remarks" }).click();
  await page.getByRole("button", { name: /^Why\? remark 1/ }).click();
  await answer(page).getByText(/^The remark/).waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: "Lost and found" }).click();
  await page.getByRole("button", { name: /^Why\? lost value 1 of engage_default.identifies/ }).click();
  await answer(page).getByText("A value that engage_default.identifies does not hold").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^engage_default.identifies › .* › row/ }).first().click();
  await comesTo(page, "engage_default.identifies");
  await page.context().close();
});

test("shows the tables only, their rows as inserts or as bulk loads, and who has checked each statement", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "PostgreSQL" }).check();
  assert.ok((await statements(page)).every((sql) => /^(CREATE|ALTER)/.test(sql)));
  const items = page.getByRole("tabpanel", { name: "SQL" }).locator("ol > li");
  assert.match(await items.nth(1).innerText(), /Run by PostgreSQL/);

  await page.getByRole("radio", { name: "Inserts" }).check();
  const inserts = await statements(page);
  assert.ok(inserts.some((sql) => sql.startsWith("INSERT INTO")));
  await page.getByRole("radio", { name: "Bulk loads" }).check();
  const bulk = await statements(page);
  assert.ok(bulk.some((sql) => sql.includes("COPY")));
  const loading = items.filter({ hasText: /COPY / }).first();
  assert.match(await loading.innerText(), /Run by PostgreSQL/);

  await items.first().getByRole("button", { name: "change 1, which makes statement 1 necessary" }).click();
  await comesTo(page, "Change 1");
  await page.context().close();
});
