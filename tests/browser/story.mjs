// The story side of the page, end to end: forms, lines, pasting, the palette, and one whole story by keyboard alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chooseSample, open, start, story, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

test("a whole story is told by keyboard alone", async () => {
  const { page, complaints } = await open(browser);
  const keys = page.keyboard;
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());

  /** The focus follows within a frame or two. */
  const comesTo = (name) =>
    page.waitForFunction((name) => document.activeElement.getAttribute("aria-label") === name, name, { timeout: 5_000 });

  // A sample is found by a few letters of its name.
  await keys.press("Control+k");
  await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  await keys.type("audience events");
  await page.getByRole("option", { name: "Audience events" }).waitFor();
  await keys.press("Enter");
  await page.getByRole("grid", { name: "engage_default.audience_entered" }).waitFor();

  // Tab leads from the top of the page into the list of changes; the focus is always somewhere.
  for (let step = 0; (await focused()) !== "Change 1"; step += 1) {
    assert.ok(step < 60, "Tab never comes to the first change");
    await keys.press("Tab");
  }
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid");

  // A line is written, another one added below, moved up and taken away.
  await keys.press("Control+a");
  await keys.type("audience first_time_shopper enter u777 2026-01-15T10:00:00Z");
  await keys.press("Control+Enter");
  await comesTo("Change 2");
  await keys.press("Control+a");
  await keys.type("trait ltv u777 450.00 2026-01-15T12:00:00Z");
  await keys.press("Alt+ArrowUp");
  await comesTo("Change 1");
  await keys.press("Alt+ArrowDown");
  await comesTo("Change 2");
  await keys.press("ArrowDown");
  await comesTo("Change 3");
  await keys.press("Alt+Delete");
  assert.equal(await page.getByLabel("Change 2", { exact: true }).inputValue(), "trait ltv u777 450.00 2026-01-15T12:00:00Z");

  // The trait is not connected yet: the form of the destination does that.
  await keys.press("Control+k");
  await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  await keys.type("show dest");
  await keys.press("Enter");
  const connect = page.getByRole("button", { name: "Connect ltv" });
  await connect.waitFor();
  for (let step = 0; (await focused()) !== "Connect ltv"; step += 1) {
    assert.ok(step < 80, "Tab never comes to the button");
    await keys.press("Tab");
  }
  await keys.press("Enter");
  assert.deepEqual((await table(page, "engage_default.users")).slice(1), ["u777 | 450.0 | 01-15 13:00"]);

  // And all of it can be undone from anywhere; `users` knows what is not connected too.
  await page.getByRole("grid", { name: "engage_default.identifies" }).waitFor();
  await keys.press("Control+k");
  await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  await keys.type("undo");
  await keys.press("Enter");
  await page.getByRole("grid", { name: "engage_default.identifies" }).waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("forms and JSON are one story, and what is typed is kept", async () => {
  const { page } = await open(browser);
  await (await story(page)).fill('{ "destinations": [ {"delivery":"classic",   "warehouse":"redshift"} ],\n  "changes": [{"kind":"trait","key":"ltv","userId":"u1","value":450.00}] }');
  await page.getByRole("tab", { name: "Destinations" }).first().click();
  await page.getByLabel("Plan").selectOption({ label: "Free: once a day" });
  await page.getByRole("tab", { name: "Space" }).click();
  await page.getByRole("textbox", { name: "Space", exact: true }).fill("Shop");
  assert.equal(
    await (await story(page)).inputValue(),
    '{ "destinations": [ {"delivery":"classic",   "warehouse":"redshift",   "sync": { "plan": "free" }} ],\n  "changes": [{"kind":"trait","key":"ltv","userId":"u1","value":450.00}],\n  "space": "Shop" }',
  );
  assert.match((await table(page, "engage_shop.users"))[1], /^u1 \| 450\.0 \| 01-16 00:00$/);
  await page.context().close();
});

/** Pastes a text onto the page, wherever a person is, and gives the dialog that says what it is. */
async function paste(page, text) {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  return page.getByRole("dialog", { name: "Paste anything" });
}

test("anything pasted anywhere is recognised, and dropped files too", async () => {
  const { page } = await open(browser);
  const dialog = await paste(page, '{"type": "track", "event": "Audience Entered", "userId": "u9", "properties": {"audience_key": "vip", "vip": true}}');
  await dialog.getByText("1 Segment call.").waitFor();
  await dialog.getByRole("button", { name: "Add to the story" }).click();
  assert.match((await table(page, "engage_default.audience_entered"))[1], /^u9 \| vip \| true/);

  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["<script>alert(1)</script>\nvip"], "names.txt", { type: "text/plain" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await dialog.getByText("2 audience names.").waitFor();
  await dialog.getByRole("button", { name: "Replace the story's changes and calls" }).click();
  assert.match(await (await story(page)).inputValue(), /"key": "<script>alert\(1\)<\/script>"/);
  await page.context().close();
});

test("Segment's own listing of audiences is recognised, and becomes what the space computes", async () => {
  const { page } = await open(browser);
  const audience = (number, rest) => ({ id: `aud_${number}`, spaceId: "9aQ", enabled: true, ...rest });
  const audiences = [
    audience(1, { name: "First-time shopper", key: "first_time_shopper", audienceType: "USERS", definition: { query: "x" } }),
    audience(2, { name: "No key" }),
  ];
  const dialog = await paste(page, JSON.stringify({ data: { audiences, pagination: { current: "MA==", totalEntries: 2 } } }));
  await dialog.getByText("1 audience of Segment’s listing, and one thing that cannot be read.").waitFor();
  assert.match(await dialog.getByRole("list", { name: "What cannot be read" }).innerText(), /key is missing/);
  await dialog.getByRole("button", { name: "Add to the story" }).click();
  await dialog.waitFor({ state: "hidden" });
  const { computations } = JSON.parse(await (await story(page)).inputValue());
  assert.deepEqual(computations, [{ kind: "audience", key: "first_time_shopper", name: "First-time shopper", id: "aud_1" }]);
  await page.context().close();
});

test("the palette works by pointer alone", async () => {
  const { page } = await open(browser);
  const palette = page.getByRole("dialog", { name: "Actions" });
  const openPalette = () => page.getByRole("button", { name: /^Actions/ }).click();
  await openPalette();
  const sample = palette.getByRole("option", { name: "Mobile ids" });
  await sample.waitFor();
  const isInSight = () => sample.evaluate((option) => {
    const { top, bottom } = option.parentElement.getBoundingClientRect();
    return option.getBoundingClientRect().top >= top && option.getBoundingClientRect().bottom <= bottom;
  });
  assert.equal(await isInSight(), false);
  await palette.getByRole("option").first().hover();
  await page.mouse.wheel(0, 100_000);
  await sample.hover();
  assert.ok(await isInSight());
  assert.match(await palette.getByRole("option", { selected: true }).innerText(), /Mobile ids$/);
  await sample.click();
  await palette.waitFor({ state: "hidden" });
  await page.getByRole("region", { name: "Story" }).getByText("Mobile ids", { exact: true }).waitFor();

  await openPalette();
  await palette.getByRole("button", { name: "Close" }).click();
  await palette.waitFor({ state: "hidden" });
  await openPalette();
  await palette.getByRole("option", { name: "Undo" }).click();
  const users = page.getByRole("grid", { name: "engage_default.users", exact: true });
  await users.getByRole("columnheader", { name: "total_revenue_180_days" }).waitFor();
  await page.context().close();
});

test("a hundred thousand changes are written in like two", async (t) => {
  const { page } = await open(browser);
  await chooseSample(page, "A hundred thousand changes");
  await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
  const list = page.getByRole("list", { name: "Changes" });
  const scroller = page.locator(".changes__scroller");
  const frames = await scroller.evaluate(async (list) => {
    const times = [];
    let last = performance.now();
    for (let frame = 0; frame < 60; frame += 1) {
      list.scrollTop += 900;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b);
  });
  t.diagnostic(`scrolling the changes: median ${frames[30].toFixed(1)} ms, 95th ${frames[57].toFixed(1)} ms a frame`);
  assert.ok((await list.getByRole("listitem").count()) < 60);
  await scroller.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const last = page.getByLabel("Change 100000", { exact: true });
  await last.fill("trait total_revenue_180_days u99999 1.25");
  const began = Date.now();
  await last.press("Enter");
  await page.getByRole("grid", { name: "engage_default.identifies" }).waitFor();
  t.diagnostic(`a line of a hundred thousand taken over in ${Date.now() - began} ms`);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.context().close();
});
