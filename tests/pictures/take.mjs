// Takes the README's pictures: the page as it opens and each of its panels, in both themes.

import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";

import { chooseSample, open, openAsk, start } from "../browser/person/browser.mjs";

const folder = new URL("../../docs/pictures/", import.meta.url);

/** All of them together come to no more, in bytes. */
const BUDGET = 1_800_000;

const behind = (name) => (page) => page.getByRole("tab", { name }).click();

/** What is to be seen in each picture, and how a person comes to see it. */
const sights = {
  page: async () => {},
  why: async (page) => {
    await page.getByRole("grid", { name: "engage_default.users", exact: true }).focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Why?" }).waitFor();
  },
  sql: async (page) => page.getByRole("radio", { name: "Inserts" }).check(),
  setup: async (page) => {
    await behind("Set up")(page);
    await page.getByLabel("Database", { exact: true }).fill("MARKETING");
    await page.getByText("GRANT").first().scrollIntoViewIfNeeded();
  },
  syncs: async (page) => {
    await chooseSample(page, "Rows an hour before they land");
    await behind("Syncs")(page);
  },
  deletion: async (page) => {
    await chooseSample(page, "Everything about one person");
    await behind("Delete a person")(page);
    await page.getByLabel("User id of the person").fill("u123");
    await page.getByRole("button", { name: "Write the statements" }).click();
    await page.getByText("of this story would go").waitFor();
  },
  calls: async (page) => {
    await behind("Calls")(page);
    await page.getByRole("button", { name: "Compare call 1" }).click();
    await page.getByRole("button", { name: "Compare call 2" }).click();
  },
  remarks: async (page) => {
    await chooseSample(page, "Types of traits");
    await behind("Remarks")(page);
  },
  lost: async (page) => {
    await chooseSample(page, "Types of traits");
    await behind("Lost and found")(page);
  },
  map: async (page) => {
    await chooseSample(page, "Audience events");
    await behind("Map")(page);
  },
  rules: behind("Rules"),
  ask: async (page) => {
    await chooseSample(page, "A shopper leaves");
    await openAsk(page);
    await page.getByLabel("Ready-made question", { exact: true }).selectOption({ label: "How large was an audience over time?" });
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.getByRole("img", { name: /^Line chart/ }).waitFor();
  },
  plan: async (page) => {
    await behind("Plan")(page);
    await page.getByRole("button", { name: "Compare with now" }).click();
    await page.getByLabel("Change 1", { exact: true }).fill("audience loyal_shopper enter u123");
    await page.getByText("are left behind").waitFor();
  },
  beside: async (page) => {
    await chooseSample(page, "Two warehouses");
    await page.getByRole("button", { name: "Side by side" }).click();
    await page.getByRole("gridcell").first().hover();
  },
  forms: async (page) => {
    await chooseSample(page, "Audience events");
    await page.getByRole("tab", { name: "Destinations" }).first().click();
  },
  samples: async (page) => page.getByRole("button", { name: "Samples…" }).click(),
  actions: async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find an action" }).waitFor();
  },
};

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await start();
for (const colorScheme of ["light", "dark"]) {
  for (const [sight, act] of Object.entries(sights)) {
    const viewport = { width: 1280, height: 760 };
    const { page } = await open(browser, { colorScheme, reducedMotion: "reduce", viewport });
    await act(page);
    await page.waitForTimeout(400);
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 40 });
    await writeFile(new URL(`${sight}-${colorScheme}.webp`, folder), Buffer.from(data, "base64"));
    await page.context().close();
  }
}
await browser.close();

const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(new URL(name, folder))).size));
const bytes = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${sizes.length} pictures in docs/pictures, ${Math.round(bytes / 1000)} kB`);
if (bytes > BUDGET) throw new Error(`the pictures come to more than ${BUDGET / 1000} kB`);
