// A browser with the page open, and what a person sees and does in it.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

/** Where the page is. */
export const site = process.env.TABLECAST_SITE;
assert.ok(site, "TABLECAST_SITE names the page, as in http://127.0.0.1:8080/some/path/");

/** How a browser is started. */
export const settings = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
};

/** Starts a browser. */
export function start() {
  return chromium.launch(settings);
}

/** Opens the page, or one of its links, in a window of its own, and notes every complaint and every request that leaves its
 * origin. */
export async function open(browser, settings = {}, address = site) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...settings });
  const page = await context.newPage();
  const complaints = [];
  const outside = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} gives ${response.status()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOwn = ["data:", "blob:"].includes(url.protocol) || request.url().startsWith(new URL("./", address).href);
    if (!isOwn) outside.push(request.url());
  });
  await page.goto(address);
  await page.getByRole("heading", { name: "Tablecast" }).waitFor();
  return { page, complaints, outside };
}

export async function chooseSample(page, name) {
  await page.getByRole("button", { name: "Samples…" }).click();
  await page.getByRole("dialog", { name: "Samples" }).locator(".gallery__card", { has: page.getByText(name, { exact: true }) }).click();
}

/** The story as JSON, to be read and written in. */
export async function story(page) {
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  return page.getByLabel("Story as JSON");
}

export async function chooseWarehouse(page, name) {
  await page.getByRole("radio", { name }).check();
}

/** Waits until what is shown belongs to the story as it is written, and every part of the page that was opened is there. */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .lazy--coming'));
}

/** Waits until what `look` gives is what is wanted. (To `page.waitForFunction` any promise is as good as true.) */
export async function until(look, wanted, patience = 10_000) {
  const end = Date.now() + patience;
  let seen = await look();
  while (seen !== wanted && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await look();
  }
  assert.equal(seen, wanted);
}

/** Opens a panel behind the tables. */
export async function behind(page, name) {
  await page.getByRole("tab", { name, exact: true }).click();
  await settled(page);
  return page.getByRole("tabpanel", { name, exact: true });
}

/** A table as a person copies it out: a line for the headings and one for each row, without row numbers. */
export async function table(page, name) {
  await settled(page);
  const grid = page.getByRole("grid", { name, exact: true });
  await grid.waitFor();
  const rows = await grid.getByRole("row").all();
  const line = async (row) => {
    const cells = await row.locator("th:not(.data-grid__gutter):not([aria-hidden]), td:not([aria-hidden])").allTextContents();
    return cells.map((cell) => cell.trim()).join(" | ");
  };
  return Promise.all(rows.map(line));
}

/** The SQL of every statement, in order. */
export async function statements(page) {
  await page.getByRole("tab", { name: "SQL" }).click();
  await settled(page);
  return page.getByRole("tabpanel", { name: "SQL" }).locator("pre").allInnerTexts();
}

/** Opens the database of the page and waits until the tables are in it. */
export async function openAsk(page) {
  await page.getByRole("tab", { name: "Ask" }).click();
  await page.getByText(/^Ready:/).waitFor({ timeout: 60_000 });
  await page.locator("sql-editor").waitFor();
}

/** Writes a question and has it answered, or refused. */
export async function ask(page, sql) {
  await write(page, sql);
  await page.getByRole("button", { name: /^Run Ctrl/ }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor({ state: "detached" });
}

/** Writes a question in place of what is in the editor. */
export async function write(page, sql) {
  await page.getByRole("textbox", { name: "SQL" }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(sql);
}

/** An answer as a person reads it: a line for the headings and one for each row. */
export function answer(page) {
  return table(page, "Answer");
}
