// A whole story by keyboard alone, told once from end to end: nothing here knows where anything is on the screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open, start, until } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

/** What has the focus, by its role and name as they are read aloud. */
const focused = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    const labelled = (it.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);
    return it.getAttribute("aria-label") ?? (labelled.join(" ").trim() || it.labels?.[0]?.textContent.trim() || it.innerText.trim());
  });

/** Presses a key until what has the focus goes by this name. */
async function goTo(page, name, key = "Tab") {
  const met = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (name.test(now)) return now;
    met.push(now.slice(0, 40));
  }
  return assert.fail(`${key} never comes to ${name}, only to ${[...new Set(met)].join(" · ")}`);
}

const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

test("a story is chosen, changed, asked why and taken along, without a mouse", async () => {
  const { page, complaints } = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  const { keyboard } = page;
  await page.evaluate(() => {
    window.pointed = 0;
    addEventListener("pointerdown", () => (window.pointed += 1), true);
  });

  // A sample, from the gallery.
  await goTo(page, /^Samples…$/);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Segment’s own examples" }).waitFor();
  await goTo(page, /^A shopper leaves/);
  await keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Samples" }).waitFor({ state: "hidden" });
  const users = page.getByRole("grid", { name: "engage_default.users", exact: true });
  await users.getByRole("gridcell", { name: "false" }).first().waitFor();

  // One change more, in the list of changes.
  await goTo(page, /^Change 1$/);
  await keyboard.press("Control+Enter");
  await page.getByLabel("Change 4", { exact: true }).waitFor();
  assert.equal(await focused(page), "Change 2");
  await keyboard.press("Control+a");
  await keyboard.type("trait loyalty_level u123 \"gold\"");
  const column = users.getByRole("columnheader", { name: /^loyalty_level/ });
  await column.waitFor();

  // Why is there such a column?
  await goTo(page, /^engage_default\.users$/);
  const there = () => page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).textContent);
  await keyboard.press("Home");
  for (let step = 0; (await there()) !== "gold"; step += 1) {
    assert.ok(step < 20, "no cell says gold");
    await keyboard.press("ArrowRight");
  }
  await keyboard.press("Shift+Enter");
  const why = page.getByRole("dialog", { name: "Why?" });
  await why.getByText("The column loyalty_level of engage_default.users").waitFor();
  await why.getByRole("listitem").filter({ hasText: "loyalty_level" }).first().waitFor();
  await keyboard.press("Escape");
  await why.waitFor({ state: "hidden" });

  // The cell, and then the script, for somebody else.
  await goTo(page, /^engage_default\.users$/, "Shift+Tab");
  await keyboard.press("Control+c");
  await until(() => copied(page), "gold");
  await goTo(page, /^Copy all statements$/);
  await keyboard.press("Enter");
  await until(async () => (await copied(page)) !== "gold", true);
  assert.match(await copied(page), /^-- create schema [^\n]*\nCREATE [^]*loyalty_level/i);

  assert.equal(await page.evaluate(() => window.pointed), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
