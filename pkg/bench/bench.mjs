// Previews, plans and keys looked over in Node.js, from `pkg/dist`: how long each takes as it grows, and what an object costs
// beside text. Only ratios within one run mean anything.
import { lintKeys, plan, preview, warehouses } from "../dist/node.js";

const START = Date.parse("2026-01-01T00:00:00Z");

/** A space of a dozen computations in which people come, go and spend, a change every ten seconds. */
function scenario(size) {
  const changes = Array.from({ length: size }, (_, index) => {
    const userId = `u${(index * 7919) % Math.max(10, size / 4)}`;
    const at = new Date(START + index * 10_000).toISOString();
    return index % 3 === 2
      ? { kind: "trait", key: `total_revenue_${30 * (1 + (index % 6))}_days`, userId, value: (index % 997) + 0.5, at }
      : { kind: "audience", key: `audience_${index % 6}`, userId, entered: index % 5 !== 0, at };
  });
  return { destinations: [{ delivery: "classic", warehouse: "snowflake" }], changes };
}

/** The shortest of some runs, in seconds: what else the machine does only ever adds. */
function seconds(run, times) {
  let best = Infinity;
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

const cells = (words) => words.map((word, index) => (index === 0 ? word.padEnd(10) : word.padStart(16))).join("");
console.log(cells(["changes", "previews/s", "changes/s", "object, ms", "text, ms", "object : text"]));
for (const [size, times] of [[1_000, 20], [10_000, 8], [100_000, 3]]) {
  const object = scenario(size);
  const text = JSON.stringify(object);
  const fromObject = seconds(() => preview(object), times);
  const fromText = seconds(() => preview(text), times);
  const number = (value, digits) => value.toLocaleString("en", { maximumFractionDigits: digits });
  console.log(
    cells([
      number(size, 0),
      number(1 / fromObject, 2),
      number(size / fromObject, 0),
      number(fromObject * 1000, 1),
      number(fromText * 1000, 1),
      number(fromObject / fromText, 2),
    ]),
  );
}

// Without a destination a scenario is read whole and becomes nothing.
const size = 100_000;
const unsent = { ...scenario(size), destinations: [] };
const text = JSON.stringify(unsent);
const [object, written] = [unsent, text].map((given) => seconds(() => preview(given), 5) * 1000);
const megabytes = text.length / 1e6;
console.log(`
reading alone, ${size.toLocaleString("en")} changes, ${megabytes.toFixed(1)} MB as text:
  object ${object.toFixed(0)} ms, text ${written.toFixed(0)} ms, object : text ${(object / written).toFixed(2)}`);


/** Of ten names, one starts with a digit and one is another spelling of the one before. */
const name = (index) =>
  index % 10 === 0 ? `${index} Days of Sales`
  : index % 10 === 5 ? `audience_of_region_${index - 1}`
  : `Audience of Region ${index}`;
console.log(`\n${cells(["names", `lintKeys × ${warehouses().length}`])}`);
for (const count of [1_000, 10_000, 100_000]) {
  const names = Array.from({ length: count }, (_, index) => name(index));
  console.log(cells([count.toLocaleString("en"), `${(seconds(() => lintKeys(names), 3) * 1000).toFixed(0)} ms`]));
}

/** A space of so many audiences, each a column; the last is called otherwise. */
const space = (columns, last) => ({
  destinations: [{ delivery: "classic", warehouse: "snowflake" }],
  changes: Array.from({ length: columns }, (_, index) => ({
    kind: "audience", key: index === 0 ? last : `audience_${index}`, userId: "u1", entered: true,
  })),
});
console.log(`\n${cells(["columns", "plan"])}`);
for (const columns of [100, 1_000]) {
  const [before, after] = [space(columns, "a"), space(columns, "b")].map((given) => JSON.stringify(given));
  console.log(cells([columns.toLocaleString("en"), `${(seconds(() => plan(before, after), 5) * 1000).toFixed(1)} ms`]));
}
