// Nobody is shut out: axe finds nothing to complain of, in either theme, whatever the page shows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { chooseSample, open, start, story as storyOf } from "./person/browser.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

/** What axe finds, a line for each thing. */
async function faults(page) {
  // Colours fade into each other for a moment after a change.
  await page.waitForTimeout(250);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const lines = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} (${node.failureSummary})`);
  return violations.flatMap(lines);
}

const sights = {
  "as it opens": async () => {},
  "with all columns and lost values": async (page) => {
    await chooseSample(page, "Types of traits");
    await page.getByRole("radio", { name: "Complete" }).check();
    await page.getByText("values lost").first().click();
  },
  "with calls": async (page) => {
    await page.getByRole("tab", { name: "Calls" }).click();
  },
  "with remarks": async (page) => {
    await chooseSample(page, "Types of traits");
    await page.getByRole("tab", { name: "Remarks" }).click();
  },
  "with two destinations": async (page) => {
    await chooseSample(page, "Two warehouses");
    await page.getByRole("tab", { name: "nightly" }).click();
  },
  "with a broken story": async (page) => {
    const story = await storyOf(page);
    await story.fill((await story.inputValue()).replace('"userId"', '"usrId"'));
    await page.getByRole("alert").getByRole("button").waitFor();
  },
  "with nothing in it": async (page) => {
    await (await storyOf(page)).fill('{ "destinations": [] }');
    await page.getByText("No warehouse yet").waitFor();
  },
  "with the space as a form": async (page) => {
    await chooseSample(page, "A key used a second time");
    await page.getByRole("tab", { name: "Space" }).click();
    await page.getByRole("button", { name: "JSON of computation 1" }).click();
  },
  "with the destinations as forms": async (page) => {
    await chooseSample(page, "Audience events");
    await page.getByRole("tab", { name: "Destinations" }).first().click();
    await page.getByRole("button", { name: "More" }).first().click();
    await page.getByLabel("Delivery").selectOption({ label: "Storage Actions" });
    await page.getByRole("button", { name: "Add an activation" }).click();
  },
  "with a line that is no change": async (page) => {
    await page.getByLabel("Change 1", { exact: true }).fill("audience vip leaves u123");
    await page.locator("#change-fault").getByText("is neither").waitFor();
  },
  "with the gallery open": async (page) => {
    await page.getByRole("button", { name: "Samples…" }).click();
    await page.getByRole("heading", { name: "Names of columns and tables" }).waitFor();
  },
  "with something pasted": async (page) => {
    await page.getByRole("button", { name: "Paste…" }).click();
    await page.getByLabel("Pasted text").fill("vip\nVIP\n高価値顧客");
    await page.getByRole("region", { name: "Keys looked over" }).waitFor();
  },
  "with something pasted that cannot be read": async (page) => {
    await page.getByRole("button", { name: "Paste…" }).click();
    await page.getByLabel("Pasted text").fill("audience vip enter u1\nhello?\n{");
    await page.getByRole("list", { name: "What cannot be read" }).waitFor();
  },
  "with the palette open": async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  },
  "with the keys shown": async (page) => {
    await page.keyboard.press("Control+/");
    await page.getByRole("region", { name: "Keys" }).waitFor();
  },
  "with a hundred thousand changes": async (page) => {
    await chooseSample(page, "A hundred thousand changes");
    await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
    await page.getByRole("tab", { name: "Calls" }).click();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const [sight, act] of Object.entries(sights)) {
    test(`the page ${sight} shuts nobody out, in the ${colorScheme} theme`, async () => {
      const { page } = await open(browser, { colorScheme });
      await act(page);
      assert.deepEqual(await faults(page), []);
      await page.context().close();
    });
  }
}
