// How fast the page is, in headless Chromium with software rendering. It prints, and never fails for being slow. Where the
// machine has other work, the page's own (the processor time of its main thread) says more than the clock.

import os from "node:os";

import { open, start } from "../browser/person/browser.mjs";

const browser = await start();
const line = (what, figure, target) => console.log(`${what.padEnd(58)}${figure.padStart(50)}${target ? `   target ${target}` : ""}`);
const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const told = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return `p50 ${at(sorted, 0.5).toFixed(1)} ms, p95 ${at(sorted, 0.95).toFixed(1)} ms`;
};

/** Does something so many times over, and says how much work one time was beside what it gave. */
async function worked(page, count, act) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const work = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  const before = await work();
  const given = await act();
  const each = ((await work()) - before) / count;
  await session.detach();
  return [given, `${(each * 1000).toFixed(1)} ms of work`];
}

/** Pastes a story that is written in the page, since a long one is a hundred megabytes, and waits for its tables. One of no more
 * than ten thousand changes is laid out over lines, as a person's is.
 *
 * Of changes, it has so many, each of one of so many traits; the first is a trait whose value a person writes. Of calls, so many,
 * each with all of so many traits. */
async function tell({ changes = 0, calls = 0, traits }) {
  const { page } = await open(browser);
  await page.evaluate(
    ({ changes, calls, traits }) => {
      const start = Date.UTC(2026, 0, 15);
      const listed = (count, write) => Array.from({ length: count }, (_, index) => JSON.stringify(write(index))).join(",");
      const change = (index) => ({
        kind: "trait",
        key: index % traits === 0 ? "ltv" : `trait_${index % traits}`,
        userId: `u${index % 2500}`,
        value: 1,
        at: new Date(start + index * 1000).toISOString(),
      });
      const call = (row) => ({
        type: "identify",
        userId: `u${row}`,
        traits: Object.fromEntries(Array.from({ length: traits }, (_, place) => [`trait_${place}`, row * traits + place])),
        timestamp: "2026-01-15T10:00:00Z",
      });
      const destination = JSON.stringify({ delivery: "classic", warehouse: "snowflake" });
      const written = `{"space":"default","destinations":[${destination}],"changes":[${listed(changes, change)}],"calls":[${listed(calls, call)}]}`;
      const text = changes > 10_000 ? written : JSON.stringify(JSON.parse(written), null, 2);
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    { changes, calls, traits },
  );
  await page.getByRole("button", { name: "Open this story" }).click({ timeout: 300_000 });
  const count = `${(changes + calls).toLocaleString("en")} calls`;
  await page.getByRole("status").getByText(count).waitFor({ timeout: 300_000 });
  await page.waitForTimeout(1000);
  return page;
}

/** What somebody writes in a field, again and again: how long until the first grid has changed and is laid out, and until the
 * frame that shows it is painted. A browser paints sixty times a second, so a frame is waited for even by what takes no time. */
const answered = (page, selector, values) =>
  page.evaluate(
    async ([selector, values]) => {
      const field = document.querySelector(selector);
      const grid = document.querySelector("[role=grid]");
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      const [laidOut, painted] = [[], []];
      field.focus();
      for (const value of values) {
        const began = performance.now();
        const changed = new Promise((resolve) => {
          const observer = new MutationObserver(() => (observer.disconnect(), resolve(true)));
          observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
          setTimeout(() => (observer.disconnect(), resolve(false)), 5000);
        });
        set.call(field, value);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        const isAnswered = await changed;
        grid.getBoundingClientRect();
        const laid = performance.now() - began;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        if (!isAnswered) throw new Error(`nothing became of “${value}” within five seconds`);
        laidOut.push(laid);
        painted.push(performance.now() - began);
      }
      return { laidOut, painted };
    },
    [selector, values],
  );

const FRAMES = 120;

/** How a grid scrolls: frames a second, and the work of one. */
async function scrolling(page, direction) {
  const [times, work] = await worked(page, FRAMES, () => scrolled(page, direction));
  return `${frames(times)}, ${work} each`;
}

/** Milliseconds a frame while a grid is scrolled. */
const scrolled = (page, direction) =>
  page.locator(".data-grid").first().evaluate(async (scroller, [direction, count]) => {
    const times = [];
    let last = performance.now();
    for (let frame = 0; frame < count; frame += 1) {
      scroller[direction] += 333;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times;
  }, [direction, FRAMES]);

const frames = (times) => `${((1000 * times.length) / times.reduce((sum, time) => sum + time, 0)).toFixed(0)} frames a second`;

{
  const { page } = await open(browser);
  const first = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    wasm: performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).at(-1)?.responseEnd,
  }));
  await page.getByRole("grid").first().waitFor();
  const ready = await page.evaluate(() => performance.now());
  line("first paint", `${first.paint?.toFixed(0)} ms`);
  line("the app's wasm is here", `${first.wasm?.toFixed(0)} ms`);
  line("the first tables stand", `${ready.toFixed(0)} ms`);
  await page.context().close();
}

for (const [changes, target] of [[1_000, "16 ms"], [10_000, "50 ms"]]) {
  const page = await tell({ changes, traits: 1 });
  const words = Array.from({ length: 40 }, (_, step) => `trait ltv u0 ${step + 2} 2026-01-15T00:00:00Z`);
  // Some first, as in a page that somebody has written in for a while.
  await answered(page, ".changes__line", words.slice(0, 5).map((line) => line.replace("u0", "u1")));
  const [typed, work] = await worked(page, words.length, () => answered(page, ".changes__line", words));
  line(`keystroke in the first of ${changes} changes → grid laid out`, told(typed.laidOut), target);
  line("… → its frame painted", `${told(typed.painted)}, ${work}`);
  const places = Array.from({ length: 40 }, (_, step) => String(step + 1));
  const [scrubbed, each] = await worked(page, places.length, () => answered(page, ".time__range", places));
  line(`scrub step of ${changes} changes → grid laid out`, told(scrubbed.laidOut), "16 ms");
  line("… → its frame painted", `${told(scrubbed.painted)}, ${each}`);
  await page.context().close();
}

{
  const { page } = await open(browser);
  await page.getByRole("button", { name: "Samples…" }).click();
  await page.locator(".gallery__card", { hasText: "A hundred thousand changes" }).click();
  await page.getByRole("status").getByText("100,000 calls").waitFor({ timeout: 120_000 });
  line("scrolling 100,000 rows", await scrolling(page, "scrollTop"), "50");
  await page.context().close();
  const broad = await tell({ calls: 1_000, traits: 200 });
  line("scrolling 1,000 rows × 200 columns, down", await scrolling(broad, "scrollTop"), "50");
  line("scrolling 1,000 rows × 200 columns, across", await scrolling(broad, "scrollLeft"), "50");
  await broad.context().close();
  const began = performance.now();
  const high = await tell({ changes: 1_000_000, traits: 200 });
  line("a million changes written, pasted, read and cast", `${((performance.now() - began) / 1000).toFixed(0)} s`);
  line("scrolling 1,000,000 rows × 200 columns, down", await scrolling(high, "scrollTop"), "50");
  line("scrolling 1,000,000 rows × 200 columns, across", await scrolling(high, "scrollLeft"), "50");
}

line("load of the machine", `${os.loadavg()[0].toFixed(1)} on ${os.availableParallelism()} processors`);
await browser.close();
