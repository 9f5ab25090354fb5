// The page without a network, and as an installed app.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { chooseSample, open, settings, start, table } from "./person/browser.mjs";
import { ownSite } from "./person/own_site.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

/** Waits until the browser keeps the page. */
function isKeptOffline(page) {
  return page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 120_000 });
}

test("a reload with the server stopped brings the page with every part of it", async () => {
  const own = await ownSite();
  const { page } = await open(browser, {}, own.url);
  await isKeptOffline(page);
  const listed = await page.evaluate(async () => (await (await fetch("service-worker.js")).text()).match(/^ {2}"/gm).length);
  await page.waitForFunction(async (listed) => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).length === listed;
  }, listed, { timeout: 120_000 });
  await own.stop();

  await page.reload();
  await page.getByRole("heading", { name: "Tablecast" }).waitFor();
  await chooseSample(page, "Two warehouses");
  await table(page, "engage_default.users");
  for (const tab of await page.getByRole("tablist", { name: "Behind the tables" }).getByRole("tab").all()) {
    await tab.click();
    await page.waitForTimeout(100);
  }
  for (const button of ["Share…", "Save…", "Recent…", "Paste…"]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  }
  assert.equal(await page.getByText("could not be fetched").count(), 0);
  await page.context().close();
});

test("a newer version is offered, not forced, and what it replaces is forgotten", async () => {
  const own = await ownSite();
  const { page } = await open(browser, {}, own.url);
  await isKeptOffline(page);
  const versions = () => page.evaluate(() => caches.keys());
  const [first] = await versions();
  own.change("service-worker.js", (text) => text.replace(/const version = "[^"]*"/, 'const version = "next"'));
  const asked = own.asked.length;
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const offer = page.getByRole("status").getByText("A newer version of this page is here.");
  await offer.waitFor();
  // What stays the same is not fetched again.
  assert.deepEqual(own.asked.slice(asked).filter((name) => !name.endsWith("service-worker.js")), []);
  assert.ok((await versions()).includes(first));

  await page.getByRole("button", { name: "Later" }).click();
  assert.equal(await offer.count(), 0);
  await page.reload();
  await offer.waitFor();
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Show it" }).click();
  await loaded;
  await page.getByRole("heading", { name: "Tablecast" }).waitFor();
  const after = await versions();
  assert.equal(after.length, 1);
  assert.ok(after[0].endsWith(" next"), after[0]);
  await own.stop();
  await page.context().close();
});

test("a version whose files are not whole is not kept", async () => {
  const own = await ownSite();
  own.change("app.webmanifest", (text) => text + " ");
  const { page } = await open(browser, {}, own.url);
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register("service-worker.js").catch(() => undefined);
    const worker = registration?.installing;
    if (!worker) return "refused";
    // Its state may have changed before anybody could listen.
    while (worker.state === "installing") await new Promise((done) => setTimeout(done, 50));
    return worker.state;
  });
  assert.ok(["refused", "redundant"].includes(state), state);
  await own.stop();
  await page.context().close();
});

test("the page can be installed", async () => {
  const own = await ownSite();
  const { chromium } = await import("playwright-core");
  // A browser with a profile: in a private window nothing can be installed.
  const profile = await mkdtemp(path.join(tmpdir(), "tablecast-"));
  const context = await chromium.launchPersistentContext(profile, settings);
  try {
    const page = await context.newPage();
    await page.goto(own.url);
    await isKeptOffline(page);
    const session = await context.newCDPSession(page);
    const { url, errors } = await session.send("Page.getAppManifest");
    assert.deepEqual([url, errors], [`${own.url}app.webmanifest`, []]);
    assert.deepEqual((await session.send("Page.getInstallabilityErrors")).installabilityErrors, []);
    const manifest = await page.evaluate(async () => (await fetch("app.webmanifest")).json());
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (src) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      assert.ok(sizes === "any" || sizes === size, `${src} is ${size}`);
    }
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
    await own.stop();
  }
});
