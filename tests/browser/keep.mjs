// What outlives the page, end to end: links, recent stories, files.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { chooseSample, open, settled, site, start, story, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

const dialogs = { "Share…": "Share the story", "Save…": "Save as files", "Recent…": "Recent stories" };

async function openDialog(page, button) {
  await page.getByRole("button", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: dialogs[button] });
  await dialog.waitFor();
  await settled(page);
  return dialog;
}

/** The link to the story as it is, without closing the dialog. */
async function linkOf(page) {
  const dialog = await openDialog(page, "Share…");
  const link = dialog.getByRole("textbox", { name: "Link" });
  await link.waitFor();
  return link.inputValue();
}

/** Waits until the story is written into the browser's store. */
function isKept(page, part) {
  return page.waitForFunction(
    (part) => Object.entries(localStorage).some(([key, text]) => key.startsWith("tablecast.story.") && text.includes(part)),
    part,
    { timeout: 5_000 },
  );
}

const hostile = JSON.stringify(
  {
    destinations: [{ delivery: "classic", warehouse: "snowflake" }, { id: "other", delivery: "classic", warehouse: "bigquery" }],
    changes: [
      { kind: "trait", key: "<script>alert(1)</script>", userId: "u\"'`1", value: "</script><img src=x onerror=alert(1)>" },
      { kind: "trait", key: "\u202eltv", userId: "\u202eevil\u0000", value: "'); DROP TABLE users; -- 🎉" },
    ],
  },
  null,
  1,
);

test("a link brings the whole story back, whatever is written in it, at the destination that was shown", async () => {
  const sender = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await (await story(sender.page)).fill(hostile);
  await sender.page.getByRole("tab", { name: "other" }).click();
  await sender.page.getByRole("heading", { name: "engage_default in Google BigQuery" }).waitFor();
  const link = await linkOf(sender.page);
  assert.ok(link.startsWith(`${site}#1`) && link.length < 1_000, link);
  await sender.page.getByRole("button", { name: "Copy the link" }).click();
  await sender.page.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await sender.page.evaluate(() => navigator.clipboard.readText()), link);

  const { page, complaints, outside } = await open(browser, {}, link);
  await page.getByRole("heading", { name: "engage_default in Google BigQuery" }).waitFor();
  assert.equal(await (await story(page)).inputValue(), hostile);
  assert.equal(await page.locator("main script, main img").count(), 0);
  // Nobody changed anything yet, so nothing is kept, and the address still leads here.
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("tablecast.stor"))), []);
  assert.equal(page.url(), link);

  // Once it is changed the address no longer says what it is.
  await (await story(page)).fill(hostile.replace("ltv", "clv"));
  await isKept(page, "clv");
  assert.equal(page.url(), site);
  assert.deepEqual([complaints, outside], [[], []]);
  await page.context().close();
  await sender.page.context().close();
});

test("a link remembers the moment that was looked at", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "A shopper leaves");
  await page.getByRole("button", { name: "To the start" }).click();
  await page.getByRole("button", { name: "One moment on" }).click();
  const moment = (page) => page.getByRole("slider", { name: "Moment of the story" }).inputValue();
  assert.equal(await moment(page), "1");
  const link = await linkOf(page);
  await page.context().close();

  const other = await open(browser, {}, link);
  await other.page.getByText("Your own story").waitFor();
  assert.equal(await moment(other.page), "1");
  await other.page.context().close();
});

test("another link is followed in the same page, and can be undone", async () => {
  const { page } = await open(browser);
  await (await story(page)).fill('{"destinations":[{"delivery":"classic","warehouse":"db2"}],"changes":[{"kind":"trait","key":"one","userId":"u1","value":1}]}');
  const link = await linkOf(page);
  await page.keyboard.press("Escape");
  await chooseSample(page, "Two warehouses");
  await page.getByRole("tab", { name: "nightly" }).waitFor();
  await page.evaluate((link) => location.assign(link), link);
  await page.getByRole("heading", { name: /in IBM Db2/ }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("tab", { name: "nightly" }).waitFor();
  await page.context().close();
});

test("a link that is cut, damaged, newer or a bomb says so and leaves the story alone", async () => {
  const sender = await open(browser);
  const link = await linkOf(sender.page);
  await sender.page.context().close();
  const { deflateRawSync } = await import("node:zlib");
  const bomb = Buffer.concat([Buffer.alloc(4), deflateRawSync(Buffer.alloc(100_000_000, " "))]).toString("base64url");
  const middle = link.length - 40;
  const broken = {
    [link.slice(0, -7)]: "cut off or damaged",
    [link.slice(0, middle) + (link[middle] === "A" ? "B" : "A") + link.slice(middle + 1)]: "cut off or damaged",
    [`${site}#1`]: "cut off or damaged",
    [`${site}#1%3Cscript%3E`]: "cut off or damaged",
    [`${site}#1${Buffer.concat([Buffer.alloc(4), deflateRawSync("[]")]).toString("base64url")}`]: "cut off or damaged",
    [`${site}#1${bomb}`]: "more than 64 MB",
    [`${site}#27abc`]: "a newer Tablecast (format 27; this page reads 1)",
  };
  const { page, complaints } = await open(browser);
  await (await story(page)).fill(hostile);
  for (const [address, words] of Object.entries(broken)) {
    await page.evaluate((address) => location.assign(address), address);
    await page.getByRole("alert").getByText(words).waitFor();
    assert.equal(await (await story(page)).inputValue(), hostile);
    await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
  }
  // What leads to a place in the page is no story.
  await page.evaluate(() => location.assign("#story-title"));
  await page.waitForTimeout(200);
  assert.equal(await page.getByRole("alert").getByRole("button", { name: "Close" }).count(), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("identifiers are scrubbed, each to one stand-in, and the tables keep their shape", async () => {
  const { page } = await open(browser);
  const text = JSON.stringify({
    destinations: [{ delivery: "classic", warehouse: "postgres" }],
    profiles: [{ userIds: ["kim-4711"], emails: ["kim@shop.test"] }],
    changes: [
      { kind: "trait", key: "note", userId: "kim-4711", value: "Call kim-4711 at +1 415 555 2671 or kim@shop.test" },
      { kind: "audience", key: "vip", userId: "kim-4711", entered: true },
    ],
  });
  await (await story(page)).fill(text);
  await page.getByRole("heading", { name: /in PostgreSQL/ }).waitFor();
  const before = await table(page, "engage_default.users");
  const dialog = await openDialog(page, "Share…");
  const plain = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await dialog.getByRole("checkbox", { name: /Scrub identifiers/ }).check();
  await dialog.getByText("Replaced: 1 user id, 1 e-mail address.").waitFor();
  const link = dialog.getByRole("textbox", { name: "Link" });
  await page.waitForFunction((plain) => document.querySelector(".keep__address") && document.querySelector(".keep__address").value !== plain, plain);
  const scrubbed = await link.inputValue();
  await page.context().close();

  const other = await open(browser, {}, scrubbed);
  await other.page.getByRole("heading", { name: /in PostgreSQL/ }).waitFor();
  const shown = await (await story(other.page)).inputValue();
  assert.ok(!/kim|shop\.test/.test(shown), shown);
  const after = await table(other.page, "engage_default.users");
  assert.deepEqual([after.length, after[0]], [before.length, before[0]]);
  assert.match(after[1], /^user_1 /);
  await other.page.context().close();
});

test("a hundred thousand changes make no link but a file, and the file opens again", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "A hundred thousand changes");
  await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
  const dialog = await openDialog(page, "Share…");
  await dialog.getByText(/A link to this story has [\d,]+ characters, .* longer than 32,000/).waitFor({ timeout: 60_000 });
  assert.equal(await dialog.getByRole("textbox", { name: "Link" }).count(), 0);
  const coming = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download the story" }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), "tablecast-story.json");
  const file = await download.path();
  assert.equal(JSON.parse(await readFile(file, "utf8")).changes.length, 100_000);
  await page.keyboard.press("Escape");

  await chooseSample(page, "First-time shopper");
  await page.getByRole("button", { name: "Paste…" }).click();
  const paste = page.getByRole("dialog", { name: "Paste anything" });
  await paste.getByLabel("Or a file").setInputFiles(file);
  await paste.getByRole("button", { name: "Open this story" }).click({ timeout: 60_000 });
  await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
  await page.context().close();
});

test("nothing is kept before a person changes something, and a reload brings the last story back", async () => {
  const { page, complaints } = await open(browser);
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("tablecast.stor")));
  await chooseSample(page, "Two warehouses");
  await page.waitForTimeout(600);
  assert.deepEqual(await kept(), []);

  const mine = '{"destinations":[{"delivery":"classic","warehouse":"redshift"}],"changes":[{"kind":"trait","key":"mine","userId":"u1","value":450.00}]}';
  await (await story(page)).fill(mine);
  await isKept(page, "mine");
  await page.reload();
  await page.getByRole("heading", { name: "engage_default in Amazon Redshift" }).waitFor();
  assert.equal(await (await story(page)).inputValue(), mine);
  assert.ok(await page.getByRole("button", { name: "Undo" }).isDisabled());

  // Going on with it is no second story; another one is.
  await (await story(page)).fill(mine.replace("450.00", "451.00"));
  await isKept(page, "451.00");
  await chooseSample(page, "Two warehouses");
  await (await story(page)).fill(mine.replace("mine", "yours"));
  await isKept(page, "yours");
  let dialog = await openDialog(page, "Recent…");
  const list = dialog.getByRole("list", { name: "Recent stories" });
  const names = () => list.getByRole("textbox").evaluateAll((fields) => fields.map((field) => field.value));
  await list.waitFor();
  assert.deepEqual(await names(), ["yours · 1 change", "mine · 1 change"]);

  // A name that was given stays, whatever becomes of the story.
  await list.getByRole("textbox", { name: "Name of mine · 1 change" }).fill("<b>Q3</b>");
  await page.keyboard.press("Tab");
  await list.getByRole("button", { name: "Open <b>Q3</b>" }).click();
  await (await story(page)).fill(mine.replace("450.00", "452.00"));
  await isKept(page, "452.00");
  dialog = await openDialog(page, "Recent…");
  await list.waitFor();
  assert.deepEqual(await names(), ["<b>Q3</b>", "yours · 1 change"]);

  await list.getByRole("button", { name: "Delete yours · 1 change" }).click();
  assert.deepEqual(await names(), ["<b>Q3</b>"]);
  await dialog.getByRole("button", { name: "Delete all…" }).click();
  await dialog.getByRole("button", { name: "Delete 1 story for good" }).click();
  await dialog.getByText("None yet.").waitFor();
  assert.deepEqual(await kept(), []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a browser that is full, or keeps nothing, says so once and goes on", async () => {
  const { page, complaints } = await open(browser);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await (await story(page)).fill(hostile);
  const notice = page.getByRole("alert").getByText("no room left to keep this story");
  await notice.waitFor();
  await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
  await (await story(page)).fill(hostile.replace("ltv", "clv"));
  await page.waitForTimeout(800);
  assert.equal(await notice.count(), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the story and what it becomes are saved as files that say null apart from empty", async () => {
  const { page, complaints } = await open(browser);
  await (await story(page)).fill(
    '{"destinations":[{"delivery":"classic","warehouse":"postgres"}],"changes":[{"kind":"trait","key":"note","userId":"u1","value":"=1+1"},{"kind":"trait","key":"plan","userId":"u2","value":""},{"kind":"trait","key":"ltv","userId":"u3","value":-4.50}]}',
  );
  await page.getByRole("heading", { name: /in PostgreSQL/ }).waitFor();
  await table(page, "engage_default.users");
  const dialog = await openDialog(page, "Save…");
  const saved = async (name) => {
    const coming = page.waitForEvent("download");
    await dialog.getByRole("button", { name }).click();
    const download = await coming;
    // No person asks for more than ten in a second, and Chromium gives no more.
    await page.waitForTimeout(120);
    return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
  };
  const [csvName, csv] = await saved("Download users as CSV");
  assert.equal(csvName, "engage_default-postgres-users.csv");
  const [head, ...rows] = csv.trimEnd().split("\r\n").map((line) => line.split(","));
  const cell = (row, column) => rows[row][head.indexOf(column)];
  assert.deepEqual([cell(0, "note"), cell(0, "plan"), cell(1, "plan"), cell(2, "ltv")], ["'=1+1", "", '""', "-4.5"]);
  await dialog.getByRole("checkbox", { name: /Defuse formulas/ }).uncheck();
  assert.match((await saved("Download users as CSV"))[1], /,=1\+1/);

  const [ndjsonName, ndjson] = await saved("Download users as NDJSON");
  assert.equal(ndjsonName, "engage_default-postgres-users.ndjson");
  assert.deepEqual(ndjson.trim().split("\n").map((line) => JSON.parse(line).plan), [null, "", null]);
  const [callsName, calls] = await saved("Download the calls as NDJSON");
  assert.equal(callsName, "engage_default-postgres-calls.ndjson");
  assert.deepEqual(calls.trim().split("\n").map((line) => JSON.parse(line).userId), ["u1", "u2", "u3"]);
  const [sqlName, sql] = await saved("Download the script as SQL");
  assert.equal(sqlName, "engage_default-postgres.sql");
  assert.match(sql, /^-- create schema engage_default, for change 1\nCREATE SCHEMA [^]*\nINSERT INTO /);
  assert.match((await saved("Download the story as JSON"))[1], /-4\.50/);

  // And the same without anybody's identifiers.
  await dialog.getByRole("checkbox", { name: /Scrub identifiers/ }).check();
  await dialog.getByText("Replaced: 3 user ids").waitFor();
  const ids = async () => (await saved("Download the calls as NDJSON"))[1].trim().split("\n").map((line) => JSON.parse(line).userId);
  const standIns = await ids();
  assert.equal(new Set(standIns).size, 3);
  for (const name of ["users as CSV", "users as NDJSON", "the script as SQL", "the story as JSON"]) {
    const [, text] = await saved(`Download ${name}`);
    assert.doesNotMatch(text, /\bu[123]\b/, name);
    assert.ok(standIns.every((id) => text.includes(id)), name);
  }
  // Both as of the moment that is looked at.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "To the start" }).click();
  await page.getByRole("button", { name: "One moment on" }).click();
  await openDialog(page, "Save…");
  await dialog.getByText("As of the moment that is shown").waitFor();
  const early = async () => (await saved("Download the calls as NDJSON"))[1].trim().split("\n").length;
  await dialog.getByRole("checkbox", { name: /Scrub identifiers/ }).uncheck();
  assert.equal(await early(), 1);
  await dialog.getByRole("checkbox", { name: /Scrub identifiers/ }).check();
  await dialog.getByText("Replaced: 3 user ids").waitFor();
  assert.equal(await early(), 1);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "To the end" }).click();
  await openDialog(page, "Save…");
  await dialog.getByRole("checkbox", { name: /Scrub identifiers/ }).uncheck();
  assert.deepEqual(await ids(), ["u1", "u2", "u3"]);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a long file is written beside the page, which answers meanwhile, and can be cancelled", async () => {
  const { page } = await open(browser);
  await chooseSample(page, "A hundred thousand changes");
  await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
  const dialog = await openDialog(page, "Save…");
  await dialog.getByRole("button", { name: "Download the calls as NDJSON" }).click();
  await dialog.getByRole("progressbar", { name: "Writing the file" }).waitFor();
  await dialog.getByRole("checkbox", { name: /Defuse formulas/ }).uncheck();
  await dialog.getByRole("button", { name: "Cancel the calls as NDJSON" }).click();
  const coming = page.waitForEvent("download", { timeout: 60_000 });
  await dialog.getByRole("button", { name: "Download the story as JSON" }).click();
  // The calls, which would have come first, do not.
  assert.equal((await coming).suggestedFilename(), "tablecast-story.json");
  await page.context().close();
});

test("a sample has an address that opens it", async () => {
  const { page } = await open(browser, {}, `${site}#sample-mobile-ids`);
  await page.getByText("Mobile ids", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: "Samples…" }).click();
  const card = page.getByRole("dialog", { name: "Samples" }).getByRole("link", { name: /^A shopper leaves/ });
  assert.equal(await card.getAttribute("href"), "./#sample-a-shopper-leaves");
  await page.goto(`${site}#sample-of-nothing`);
  await page.getByRole("alert").getByText("There is no sample of that name").waitFor();
  await page.context().close();
});

test("a story that two tabs change is kept twice", async () => {
  const { page } = await open(browser);
  const written = (key) => `{"destinations":[{"delivery":"classic","warehouse":"redshift"}],"changes":[{"kind":"trait","key":"${key}","userId":"u1","value":1}]}`;
  await (await story(page)).fill(written("first"));
  await isKept(page, '"first"');
  const other = await page.context().newPage();
  await other.goto(site);
  await other.getByRole("heading", { name: /in Amazon Redshift/ }).waitFor();
  await (await story(other)).fill(written("second"));
  await isKept(other, '"second"');
  await (await story(page)).fill(written("third"));
  await isKept(page, '"third"');
  const dialog = await openDialog(page, "Recent…");
  const names = dialog.getByRole("list", { name: "Recent stories" }).getByRole("textbox");
  await names.nth(1).waitFor();
  assert.deepEqual(await names.evaluateAll((fields) => fields.map((field) => field.value)), ["third · 1 change", "second · 1 change"]);
  await page.context().close();
});
