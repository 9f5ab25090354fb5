// The time of a story as a person goes through it: played, stopped and stepped through; and what is new at each moment.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { behind, open, start, story, table } from "./person/browser.mjs";

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

/** A story that takes half a minute to be played. */
const long = JSON.stringify({
  destinations: [{ delivery: "classic", warehouse: "snowflake" }],
  changes: Array.from({ length: 40 }, (_, index) => ({ kind: "trait", key: "orders", userId: `u${index}`, value: index })),
});

async function opened(settings, text) {
  const { page } = await open(browser, settings);
  if (text) {
    await (await story(page)).fill(text);
    await page.getByText("All 40 happened").waitFor();
  }
  const bar = page.getByRole("slider", { name: "Moment of the story" });
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  return { page, bar, press, moment: async () => Number(await bar.inputValue()) };
}

async function passes(page, moment) {
  const isPast = (moment) => Number(document.querySelector("input[type=range]").value) > moment;
  await page.waitForFunction(isPast, moment, { timeout: 10_000 });
}

test("a story plays by itself, stands still once it is stopped, and goes on from there to its end", async () => {
  const { page, bar, press, moment } = await opened({}, long);
  const end = Number(await bar.getAttribute("max"));
  assert.equal(await moment(), end);
  await press("Play the story");
  await passes(page, 1);
  await press("Pause");
  const stopped = await moment();
  assert.ok(stopped > 1 && stopped < end, `${stopped} of ${end}`);
  const identifies = page.getByRole("grid", { name: "engage_default.identifies" });
  const rows = async () => Number(await identifies.getAttribute("aria-rowcount")) - 1;
  assert.equal(await rows(), stopped);
  // Longer than two steps would take.
  await page.waitForTimeout(1_600);
  assert.equal(await moment(), stopped);
  assert.equal(await rows(), stopped);

  await press("Play the story");
  await passes(page, stopped);
  assert.ok((await moment()) < end);
  await bar.press("End");
  await page.getByRole("button", { name: "Play the story" }).waitFor();
  await press("One moment back");
  await press("Play the story");
  await page.getByText("All 40 happened, all landed by").waitFor();
  await page.getByRole("button", { name: "Play the story" }).waitFor();
  assert.equal(await moment(), end);
  await page.context().close();
});

test("a step goes by one moment either way, and nowhere at the ends", async () => {
  const { page, bar, press, moment } = await opened();
  const end = Number(await bar.getAttribute("max"));
  const ways = ["To the start", "One moment back", "One moment on", "To the end"];
  const off = () => Promise.all(ways.map((name) => page.getByRole("button", { name, exact: true }).isDisabled()));
  assert.deepEqual(await off(), [false, false, true, true]);
  for (let there = end - 1; there >= 0; there -= 1) {
    await press("One moment back");
    assert.equal(await moment(), there);
  }
  assert.deepEqual(await off(), [true, true, false, false]);
  for (let there = 1; there <= end; there += 1) {
    await press("One moment on");
    assert.equal(await moment(), there);
  }
  await press("To the start");
  assert.equal(await moment(), 0);
  await press("To the end");
  assert.equal(await moment(), end);
  await page.context().close();
});

test("what a moment brings glows, and what was there before does not", async () => {
  const { page, press } = await opened();
  await press("To the start");
  await press("One moment on");
  await table(page, "engage_default.identifies");
  await press("One moment on");
  const glowing = await page.getByRole("grid", { name: "engage_default.identifies" }).evaluate((grid) => {
    const glows = (cell) => /^glow/.test(getComputedStyle(cell).animationName);
    return [...grid.rows].map((row) => [...row.cells].filter(glows).map((cell) => cell.textContent));
  });
  // The new column, its cell in the old row, and the whole of the new row.
  assert.deepEqual(glowing, [["total_revenue_180_days"], [""], ["u123", "", "450.0", "01-15 11:00"]]);
  await page.context().close();
});

/** The classes of all that would move, and of what is before or behind it. */
const moving = (page) =>
  page.evaluate(() => {
    const lasts = (durations) => durations.split(", ").some((duration) => duration !== "0s");
    const moves = (element) =>
      [null, "::before", "::after", "::backdrop"].some((part) => {
        const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element, part);
        return (animationName !== "none" && lasts(animationDuration)) || lasts(transitionDuration) || scrollBehavior === "smooth";
      });
    return [...document.querySelectorAll("*")].filter(moves).map((element) => element.getAttribute("class"));
  });

for (const reducedMotion of ["no-preference", "reduce"]) {
  const isWelcome = reducedMotion === "no-preference";
  test(`${isWelcome ? "much" : "nothing"} moves where motion is ${isWelcome ? "welcome" : "not"}`, async () => {
    const { page, press } = await opened({ reducedMotion });
    await press("To the start");
    await press("One moment on");
    await table(page, "engage_default.users");
    await press("One moment on");
    const seen = await moving(page);
    await press("One moment back");
    await behind(page, "Map");
    await press("One moment on");
    seen.push(...(await moving(page)));
    await page.getByRole("grid", { name: "engage_default.users", exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Why?" }).getByRole("button", { name: "Go to change 1" }).first().click();
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "Change 1");
    seen.push(...(await moving(page)));
    const parts = ["data-grid__glow", "map__new", "map__box", "arrived", "choice__label"];
    const met = parts.filter((part) => seen.some((classes) => classes.includes(part)));
    assert.deepEqual(isWelcome ? met : seen, isWelcome ? parts : []);
    await page.context().close();
  });
}
