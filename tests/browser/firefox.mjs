// One story in Firefox, which is driven by the standard that it speaks itself (WebDriver BiDi).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";

import { site } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
  });
});
after(() => browser.close());

test("a story is chosen, changed, read as tables and as SQL, and shared", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(site);
  const see = (role, name) => page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`);
  const press = async (role, name) => (await see(role, name)).click();
  const says = (selector, words) =>
    page.waitForFunction((selector, words) => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words)), {}, selector, words);

  await press("button", "Samples…");
  await says(".gallery__name", "Two warehouses");
  await page.evaluate(() => [...document.querySelectorAll(".gallery__card")].find((card) => card.textContent.startsWith("First-time shopper")).click());
  await see("grid", "engage_default.users");

  await press("tab", "JSON");
  const area = await page.waitForSelector('::-p-aria([name="Story as JSON"])');
  const text = await area.evaluate((area) => area.value);
  await area.evaluate((area, text) => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, text.replace(/"u123"/g, '"u777"'));
  await says("[role=grid][aria-label='engage_default.users'] td, [role=grid][aria-label='engage_default.users'] th", "u777");

  await press("tab", "SQL");
  await says("[role=tabpanel] pre", "CREATE TABLE");

  await press("button", "Share…");
  const link = await page.waitForSelector('::-p-aria([name="Link"][role="textbox"])');
  const address = await link.evaluate((field) => field.value);
  await page.close();

  const other = await browser.newPage();
  await other.goto(address);
  await other.waitForFunction(() => document.body.textContent.includes("u777"));
  assert.deepEqual(complaints, []);
  await other.close();
});
