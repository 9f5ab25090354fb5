// The page without a network, and as an installed app.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { chooseSample, open, settings, start, table, until } from "./person/browser.mjs";
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

const partsBehind = {
  SQL: (panel) => panel.getByText("CREATE TABLE"),
  Ask: (panel) => panel.getByText(/^Ready:/),
  "Set up": (panel) => panel.getByRole("region", { name: "Script 2" }),
  "Delete a person": (panel) => panel.getByRole("button", { name: "Write the statements" }),
  Calls: (panel) => panel.getByRole("button", { name: "Copy call 1" }),
  Syncs: (panel) => panel.getByRole("region", { name: "Sync history" }),
  Remarks: (panel) => panel.getByRole("listitem"),
  "Lost and found": (panel) => panel.getByText("Nothing is lost"),
  Map: (panel) => panel.getByRole("region", { name: "Map of the tables" }),
  Rules: (panel) => panel.getByRole("button", { name: "Which matter in this story?" }),
  Plan: (panel) => panel.getByRole("button", { name: "Compare with now" }),
};

const partsOfStory = {
  Changes: (side) => side.getByLabel("Change 1", { exact: true }),
  Space: (side) => side.getByRole("textbox", { name: "Space", exact: true }),
  Destinations: (side) => side.getByLabel("Delivery"),
  JSON: (side) => side.getByLabel("Story as JSON"),
};

const partsInDialogs = {
  "Share…": (dialog) => dialog.getByRole("textbox", { name: "Link" }),
  "Save…": (dialog) => dialog.getByRole("button", { name: "Download users as CSV" }),
  "Recent…": (dialog) => dialog.getByText(/^The last \d+ stories you changed/),
  "Paste…": (dialog) => dialog.getByLabel("Pasted text"),
  "Samples…": (dialog) => dialog.getByRole("heading", { name: "Storage Actions" }),
  "Actions Ctrl K": (dialog) => dialog.getByRole("option", { name: "Types of traits" }),
};

test("a reload with the server stopped brings the page with every part of it", async () => {
  const own = await ownSite();
  const { page, outside } = await open(browser, {}, own.url);
  await isKeptOffline(page);
  const worker = await (await fetch(new URL("service-worker.js", own.url))).text();
  // Files of which one is as the other are kept once.
  const files = new Set([...worker.matchAll(/^ {2}"[^"]+": "([^"]+)"/gm)].map(([, content]) => content));
  const kept = async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).length;
  };
  await until(() => page.evaluate(kept), files.size, 120_000);
  await own.stop();

  await page.reload();
  await page.getByRole("heading", { name: "Tablecast" }).waitFor();
  /** Something of a part stands there, and no part says that it did not come. */
  const stands = async (thing, timeout = 30_000) => {
    const absent = page.getByText("could not be fetched");
    await thing.first().or(absent).first().waitFor({ timeout });
    assert.deepEqual(await absent.allInnerTexts(), []);
  };
  await chooseSample(page, "Two warehouses");
  await table(page, "engage_default.users");

  const behind = page.getByRole("tablist", { name: "Behind the tables" }).getByRole("tab");
  assert.equal(await behind.count(), Object.keys(partsBehind).length);
  for (const [name, thing] of Object.entries(partsBehind)) {
    await behind.filter({ hasText: name }).click();
    await stands(thing(page.getByRole("tabpanel", { name })), 60_000);
  }
  await behind.filter({ hasText: "SQL" }).click();
  await page.getByRole("radio", { name: "Inserts" }).check();
  await stands(page.getByRole("tabpanel", { name: "SQL" }).getByText("INSERT INTO"));
  const sides = page.getByRole("tablist", { name: "Sides of the story" }).getByRole("tab");
  assert.equal(await sides.count(), Object.keys(partsOfStory).length);
  for (const [name, thing] of Object.entries(partsOfStory)) {
    await sides.filter({ hasText: name }).click();
    await stands(thing(page.getByRole("tabpanel", { name })));
  }
  for (const [name, thing] of Object.entries(partsInDialogs)) {
    await page.getByRole("button", { name }).click();
    await stands(thing(page.getByRole("dialog")));
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  }
  await page.getByRole("grid", { name: "engage_default.users", exact: true }).focus();
  await page.keyboard.press("?");
  await stands(page.getByRole("dialog", { name: "Why?" }).getByRole("listitem"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+/");
  await stands(page.getByRole("region", { name: "Keys" }));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Side by side" }).click();
  await stands(page.getByRole("region", { name: "nightly", exact: true }).getByRole("grid"));
  assert.deepEqual(outside, []);
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
