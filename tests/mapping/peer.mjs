// Resolves mappings with Segment's own mapping-kit: a case a line in, an answer a line out.
//
// The answer is what `transform` gives, as JSON text (`resolved`, null for undefined), or the message it throws (`thrown`);
// and the same again (`own`) where objects inherit nothing: a path sees only what they hold themselves, and a member
// `__proto__` is lost instead of becoming the prototype.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const kit = require.resolve("@segment/actions-core/mapping-kit");
const { transform } = require(kit);
const walker = require.cache[kit.replace(/mapping-kit.index\.js$/, "get.js")].exports;
const whole = walker.get;

/** What mapping-kit finds at a path where each key has to be the object's own. */
function own(value, path) {
  const keys = [];
  const spy = new Proxy({}, { get: (_, key) => (keys.push(key), spy) });
  whole(spy, path);
  const step = (reached, key) => reached && (Object.hasOwn(Object(reached), key) ? reached[key] : undefined);
  return keys.reduce(step, value);
}

const prototype = Object.getOwnPropertyDescriptor(Object.prototype, "__proto__");
const noPrototype = { ...prototype, get: () => undefined, set: () => {} };

function answer(text, inherits) {
  walker.get = inherits ? whole : own;
  Object.defineProperty(Object.prototype, "__proto__", inherits ? prototype : noPrototype);
  const { mapping, payload } = JSON.parse(text);
  try {
    return { resolved: JSON.stringify(transform(mapping, payload)) ?? null };
  } catch (error) {
    // Several faults are one error that is a list of them.
    const first = typeof error[Symbol.iterator] === "function" ? [...error][0] : error;
    return { thrown: String(first.message) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  console.log(JSON.stringify({ ...answer(line, true), own: answer(line, false) }));
}
