// Everything the page can show, and what axe finds to complain of in it.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { ask, chooseSample, openAsk, story as storyOf } from "./browser.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, a line for each thing. */
export async function faults(page) {
  // Colours fade into each other for a moment after a change.
  await page.waitForTimeout(250);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const lines = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} (${node.failureSummary})`);
  return violations.flatMap(lines);
}

/** What the page can show, each with what a person does to see it. */
export const sights = {
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
  "with values that are lost": async (page) => {
    await chooseSample(page, "Types of traits");
    await page.getByRole("tab", { name: "Lost and found" }).click();
    await page.getByRole("tabpanel", { name: "Lost and found" }).getByRole("listitem").first().waitFor();
  },
  "with the map": async (page) => {
    await chooseSample(page, "Identify and track at once");
    await page.getByRole("tab", { name: "Map", exact: true }).click();
    await page.getByRole("region", { name: "Map of the tables" }).getByRole("article").nth(4).waitFor();
  },
  "with the rules, and which of them matter": async (page) => {
    await page.getByRole("tab", { name: "Rules", exact: true }).click();
    await page.getByRole("button", { name: "Which matter in this story?" }).click();
    await page.getByText("Here it would change").first().waitFor();
  },
  "with two calls compared": async (page) => {
    await page.getByRole("tab", { name: "Calls" }).click();
    for (const call of [1, 2]) await page.getByRole("button", { name: `Compare call ${call}` }).click();
    await page.getByRole("region", { name: "Comparison of two calls" }).getByRole("heading").waitFor();
  },
  "while it is played": async (page) => {
    const change = (_, index) => ({ kind: "trait", key: `ltv_${index}`, userId: `u${index}`, value: index });
    const destinations = [{ delivery: "classic", warehouse: "snowflake" }];
    await (await storyOf(page)).fill(JSON.stringify({ destinations, changes: Array.from({ length: 40 }, change) }));
    await page.getByText("All 40 happened").waitFor();
    await page.getByRole("button", { name: "Play the story" }).click();
    await page.getByText(/^[3-9] of 40 happened/).waitFor();
  },
  "with two destinations side by side": async (page) => {
    await chooseSample(page, "Two warehouses");
    await page.getByRole("button", { name: "Side by side" }).click();
    await page.getByRole("region", { name: "nightly", exact: true }).getByRole("grid").first().waitFor();
  },
  "with two destinations": async (page) => {
    await chooseSample(page, "Two warehouses");
    await page.getByRole("tab", { name: "nightly" }).click();
  },
  "with rows as bulk loads": async (page) => {
    await page.getByRole("radio", { name: "Bulk loads" }).check();
    await page.getByRole("tabpanel", { name: "SQL" }).getByText("COPY INTO").first().waitFor();
  },
  "with the reasons of a cell": async (page) => {
    await page.getByRole("grid", { name: "engage_default.users", exact: true }).focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Why?" }).getByRole("listitem").first().waitFor();
  },
  "with a plan of what changes": async (page) => {
    await page.getByRole("tab", { name: "Plan", exact: true }).click();
    await page.getByRole("button", { name: "Compare with now" }).click();
    await page.getByLabel("Change 1", { exact: true }).fill("audience loyal_shopper enter u123");
    await page.getByText("are left behind").waitFor();
  },
  "with a warehouse to set up": async (page) => {
    await page.getByRole("tab", { name: "Set up", exact: true }).click();
    await page.getByRole("region", { name: "Script 2" }).waitFor();
  },
  "with a value that a warehouse refuses": async (page) => {
    await page.getByRole("tab", { name: "Set up", exact: true }).click();
    await page.getByLabel("Account", { exact: true }).fill("https://x");
    await page.getByRole("tabpanel", { name: "Set up" }).getByRole("alert").waitFor();
  },
  "with a person to be removed": async (page) => {
    await page.getByRole("tab", { name: "Delete a person" }).click();
    await page.getByRole("tabpanel", { name: "Delete a person" }).getByLabel("User id").fill("u123");
    await page.getByRole("button", { name: "Write the statements" }).click();
    await page.getByText("rows of this story would go").waitFor();
  },
  "with syncs, and calls that have not landed": async (page) => {
    await page.getByRole("tab", { name: "Syncs", exact: true }).click();
    await page.getByRole("button", { name: "One moment back" }).click();
    await page.getByText("Happened, not landed").waitFor();
  },
  "with a broken story": async (page) => {
    const story = await storyOf(page);
    await story.fill((await story.inputValue()).replace('"userId"', '"usrId"'));
    await page.getByRole("alert").getByRole("button").waitFor();
  },
  "with nothing in it": async (page) => {
    await (await storyOf(page)).fill('{ "destinations": [] }');
    await page.getByText("No warehouse yet").waitFor();
  },
  "with the space as a form": async (page) => {
    await chooseSample(page, "A key used a second time");
    await page.getByRole("tab", { name: "Space" }).click();
    await page.getByRole("button", { name: "JSON of computation 1" }).click();
  },
  "with the destinations as forms": async (page) => {
    await chooseSample(page, "Audience events");
    await page.getByRole("tab", { name: "Destinations" }).first().click();
    await page.getByRole("button", { name: "More" }).first().click();
    await page.getByLabel("Delivery").selectOption({ label: "Storage Actions" });
    await page.getByRole("button", { name: "Add an activation" }).click();
  },
  "with what Selective Sync leaves out, as a form": async (page) => {
    await page.getByRole("tab", { name: "Destinations" }).first().click();
    await page.getByRole("button", { name: "Leave something out" }).click();
    await page.getByRole("button", { name: "Switch something at a time" }).click();
    await page.getByRole("group", { name: "Switch 1" }).waitFor();
  },
  "with a mapping as a form": async (page) => {
    await page.getByRole("tab", { name: "Destinations" }).first().click();
    await page.getByLabel("Delivery").selectOption({ label: "Storage Actions" });
    await page.getByRole("button", { name: "Add an activation" }).click();
    await page.getByRole("switch", { name: "All columns by hand" }).check();
    await page.getByRole("group", { name: "All columns" }).getByLabel("Column 1", { exact: true }).waitFor();
  },
  "with a line that is no change": async (page) => {
    await page.getByLabel("Change 1", { exact: true }).fill("audience vip leaves u123");
    await page.locator("#change-fault").getByText("is neither").waitFor();
  },
  "with the gallery open": async (page) => {
    await page.getByRole("button", { name: "Samples…" }).click();
    await page.getByRole("heading", { name: "Names of columns and tables" }).waitFor();
  },
  "with something pasted": async (page) => {
    await page.getByRole("button", { name: "Paste…" }).click();
    await page.getByLabel("Pasted text").fill("vip\nVIP\n高価値顧客");
    await page.getByRole("region", { name: "Keys looked over" }).waitFor();
  },
  "with something pasted that cannot be read": async (page) => {
    await page.getByRole("button", { name: "Paste…" }).click();
    await page.getByLabel("Pasted text").fill("audience vip enter u1\nhello?\n{");
    await page.getByRole("list", { name: "What cannot be read" }).waitFor();
  },
  "with the palette open": async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  },
  "with the keys shown": async (page) => {
    await page.keyboard.press("Control+/");
    await page.getByRole("region", { name: "Keys" }).waitFor();
  },
  "with a link to share": async (page) => {
    await page.getByRole("button", { name: "Share…" }).click();
    await page.getByRole("checkbox", { name: /Scrub identifiers/ }).check();
    await page.getByRole("textbox", { name: "Link" }).waitFor();
  },
  "with files to save": async (page) => {
    await page.getByRole("button", { name: "Save…" }).click();
    await page.getByRole("button", { name: "Download users as CSV" }).waitFor();
  },
  "with recent stories": async (page) => {
    const story = await storyOf(page);
    await story.fill((await story.inputValue()).replace("u123", "u124"));
    await page.waitForFunction(() => localStorage.getItem("tablecast.stories"));
    await page.getByRole("button", { name: "Recent…" }).click();
    await page.getByRole("list", { name: "Recent stories" }).waitFor();
  },
  "with a link that cannot be read": async (page) => {
    await page.evaluate(() => location.assign("#1x"));
    await page.getByText("cut off or damaged").waitFor();
  },
  "with a question answered": async (page) => {
    await openAsk(page);
    await ask(page, "SELECT * FROM users");
    await page.getByRole("grid", { name: "Answer" }).waitFor();
    await page.getByText("Tables and columns").click();
    await page.getByText("Asked before").click();
  },
  "with a chart": async (page) => {
    await openAsk(page);
    await ask(page, "SELECT timestamp, 1 AS n FROM identifies");
    await page.getByRole("img", { name: /^Line chart/ }).waitFor();
  },
  "with a faulty question": async (page) => {
    await openAsk(page);
    await ask(page, "SELECT nope FROM users");
    await page.getByRole("alert").filter({ hasText: "nope" }).waitFor();
  },
  "with completion open": async (page) => {
    await openAsk(page);
    await page.getByRole("textbox", { name: "SQL" }).click();
    await page.keyboard.type("SELECT us");
    await page.getByRole("option", { name: /^us/i }).first().waitFor();
  },
  "with its script run": async (page) => {
    await page.getByRole("button", { name: "Run its PostgreSQL twin here" }).click();
    await page.getByText(/^All [\d,]+ cells/).waitFor({ timeout: 60_000 });
  },
  "with a hundred thousand changes": async (page) => {
    await chooseSample(page, "A hundred thousand changes");
    await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 60_000 });
    await page.getByRole("tab", { name: "Calls" }).click();
  },
};
