// The page on a small telephone: nobody is shut out there either, and nothing is wider than the screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open, start } from "./person/browser.mjs";
import { faults, sights } from "./person/sights.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

for (const [sight, act] of Object.entries(sights)) {
  test(`the page ${sight} fits a small telephone and shuts nobody out there`, async () => {
    const { page } = await open(browser, { viewport: { width: 360, height: 740 } });
    await act(page);
    assert.deepEqual(await faults(page), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await page.context().close();
  });
}
