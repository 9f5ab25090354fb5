// Nothing leaves the page: a session through every panel, with each request and each violation of the policy noted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ask, chooseSample, open, openAsk, site, start, story } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

test("the policy allows the page's own files and nothing else", async () => {
  const { page } = await open(browser);
  const policy = await page.evaluate(() => document.querySelector("meta[http-equiv=Content-Security-Policy]").content);
  const rules = Object.fromEntries(policy.split("; ").map((rule) => rule.split(/ (.*)/).slice(0, 2)));
  assert.deepEqual(rules, {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
  });
  // And the browser holds the page to it.
  const refused = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    const outside = await fetch("http://127.0.0.1:9/").then(() => "fetched", () => "refused");
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    return [outside, seen, window.ran];
  });
  assert.deepEqual(refused, ["refused", ["connect-src", "script-src-elem"], undefined]);
  await page.context().close();
});

test("a whole session through every panel asks nobody for anything", async () => {
  const context = { serviceWorkers: "allow" };
  const { page, complaints, outside } = await open(browser, context);
  const asked = [];
  page.context().on("request", (request) => asked.push(request.url()));
  page.context().on("request", (request) => {
    if (!request.url().startsWith(site) && !/^(data|blob):/.test(request.url())) outside.push(request.url());
  });
  await page.evaluate(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective}: ${event.blockedURI}`));
  });
  // What a page brings with its policy and its service worker comes on load; the rest comes when it is opened.
  await page.evaluate(() => navigator.serviceWorker.ready);

  for (const sample of ["First-time shopper", "Two warehouses"]) {
    await chooseSample(page, sample);
    for (const list of ["Sides of the story", "Behind the tables"]) {
      for (const tab of await page.getByRole("tablist", { name: list }).getByRole("tab").all()) {
        await tab.click();
        await page.waitForTimeout(150);
      }
    }
  }
  await openAsk(page);
  await ask(page, "SELECT * FROM users");
  for (const format of ["CSV", "Parquet"]) {
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download the answer as ${format}` }).click();
    await saved;
  }
  await page.getByRole("grid").first().focus();
  await page.keyboard.press("?");
  await page.waitForTimeout(300);
  await page.keyboard.press("Escape");
  for (const button of ["Share…", "Save…", "Recent…", "Paste…", "Samples…"]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.waitForTimeout(150);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Dark theme" }).check();
  await (await story(page)).fill("{");
  await page.waitForTimeout(600);

  assert.deepEqual(outside, []);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.deepEqual(complaints, []);
  // Of its own it asked only for files that it consists of.
  const worker = await (await fetch(new URL("service-worker.js", site))).text();
  const files = [...worker.matchAll(/^ {2}"([^"]+)": "/gm)].map(([, name]) => name);
  const known = new Set([...files, "", "service-worker.js"].map((name) => new URL(name, site).href));
  const strange = asked.map((url) => url.split(/[?#]/)[0]).filter((url) => !known.has(url) && !/^(data|blob):/.test(url));
  assert.deepEqual(strange, []);
  await page.context().close();
});
