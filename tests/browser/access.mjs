// Nobody is shut out: axe finds nothing to complain of, in either theme, whatever the page shows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { chooseSample, open, start } from "./person/browser.mjs";

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
    const story = page.getByLabel("Story as JSON");
    await story.fill((await story.inputValue()).replace('"userId"', '"usrId"'));
    await page.getByRole("alert").getByRole("button").waitFor();
  },
  "with nothing in it": async (page) => {
    await page.getByLabel("Story as JSON").fill('{ "destinations": [] }');
    await page.getByText("No warehouse yet").waitFor();
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
