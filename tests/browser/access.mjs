// Nobody is shut out: axe finds nothing to complain of, in either theme, whatever the page shows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { open, start } from "./person/browser.mjs";
import { faults, sights } from "./person/sights.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

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
