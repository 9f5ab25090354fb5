// A scenario object is read as `JSON.stringify` would write it; what JSON has no form for is an error with its place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";
import { thrownBy } from "./support/compact.mjs";

const { preview } = tablecast;

const trait = (value) => ({
  destinations: [{ delivery: "classic", warehouse: "redshift" }],
  changes: [{ kind: "trait", key: "k", userId: "u1", at: "2026-01-15T10:00:00Z", value }],
});
const refused = (given) => {
  const { name, code, message, help, path, line, column } = thrownBy(() => preview(given));
  assert.equal(name, "TablecastError");
  assert.equal(code, "wrong-type");
  assert.deepEqual([line, column], [null, null]);
  return { message, help, path };
};
const readsAsWritten = (value) => {
  assert.deepEqual(preview(trait(value)), preview(JSON.stringify(trait(value))));
};

test("values read as `JSON.stringify` writes them", () => {
  class Order {
    #secret = 1;
    total = 12.5;
    get hidden() {
      return this.#secret;
    }
  }
  const shared = { a: 1 };
  const values = [
    null, true, "", "🎉 é 中", "half \ud83c and \udf89", "\u0000\n\"\\",
    0, -0, 1, -1, 0.1, 450.5, 1e-7, 1e21, 1.5e300, 5e-324, 2 ** 53, -(2 ** 53), 1e16, 2 ** 63, Number.MAX_VALUE,
    NaN, Infinity, -Infinity,
    [], [1, [2, [3]]], [1, , 3], [undefined, null, NaN, -0, 1e21, 0.1],
    {}, { a: { b: { c: 1 } } }, { a: undefined, b: 1 }, { "": 1, "a.b": 2, "__proto__x": 3, 7: 4 },
    Object.create(null, { own: { value: 1, enumerable: true }, unseen: { value: 2 } }),
    new Order(), { [Symbol("unseen")]: 1 }, [shared, shared],
    new Date(0), { when: new Date("2026-01-15T10:00:00.123Z") }, new Date(NaN), new URL("https://example.com/a"),
    { toJSON: () => "chosen" }, { toJSON: (key) => `under ${key}` }, [{ toJSON: (key) => `at ${key}` }],
    { a: { toJSON: () => undefined }, b: 1 }, { toJSON: () => ({ c: 1 }) }, { toJSON: 1 },
    { get computed() { return 7; } },
    new Proxy({ a: 1, b: [1, 2] }, {}),
  ];
  values.forEach(readsAsWritten);
});

test("random values read as `JSON.stringify` writes them", () => {
  let state = 20260115;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const leaves = [
    () => null, () => undefined, () => random(2) === 0, () => random(1e9) - 5e8, () => (random(1e9) - 5e8) / 1000,
    () => random(1e9) * 10 ** (random(600) - 300), () => String.fromCharCode(...Array.from({ length: random(9) }, () => random(65536))),
    () => new Date(random(4e12)),
  ];
  const value = (depth) => {
    const choice = random(depth === 0 ? leaves.length : leaves.length + 4);
    if (choice < leaves.length) return leaves[choice]();
    const inner = Array.from({ length: random(5) }, () => value(depth - 1));
    return choice % 2 ? inner : Object.fromEntries(inner.map((one, index) => [`${leaves[6]()}${index}`, one]));
  };
  for (let round = 0; round < 500; round += 1) readsAsWritten({ value: value(4) });
});

test("members that are `undefined` are absent", () => {
  const given = trait(1);
  assert.deepEqual(preview({ ...given, space: undefined, unheardOf: undefined }), preview(given));
  const error = thrownBy(() => preview(trait(undefined)));
  assert.equal(error.code, "missing-field");
});

test("a time may be a `Date`", () => {
  const given = trait(1);
  given.changes[0].at = new Date("2026-01-15T10:00:00Z");
  assert.deepEqual(preview(given), preview(trait(1)));
});

test("what is no scenario at all is told so", () => {
  const help = "give the scenario as an object, or as its JSON text";
  for (const [given, found] of [
    [undefined, "undefined"], [null, "null"], [1, "a number"], [NaN, "a number"], [true, "a boolean"],
    [[], "an array"], [() => 1, "a function"], [Symbol("s"), "a symbol"], [1n, "a bigint"],
  ]) {
    const message = `expected an object or JSON text, found ${found}`;
    assert.deepEqual(refused(given), { message, help, path: "" });
  }
  assert.equal(refused(Promise.resolve({})).help, "wait for it first, with `await`");
  assert.equal(refused(new TextEncoder().encode("{}")).message, "expected an object or JSON text, found a Uint8Array");
  assert.match(refused(Buffer.from("{}")).help, /TextDecoder/);
  assert.match(refused(new Map()).message, /found a Map/);
  assert.equal(thrownBy(() => preview()).name, "TablecastError");
});

test("what JSON has no form for is named with its place", () => {
  const found = (value) => refused(trait({ deep: [0, value] }));
  const path = "changes[0].value.deep[1]";
  for (const [value, word] of [
    [() => 1, "a function"], [class {}, "a function"], [Symbol("s"), "a symbol"], [1n, "a bigint"],
    [new Map([[1, 2]]), "a Map"], [new Set([1]), "a Set"], [new WeakMap(), "a WeakMap"], [Promise.resolve(1), "a Promise"],
    [/a/, "a RegExp"], [new ArrayBuffer(1), "an ArrayBuffer"],
  ]) {
    const { message, path: place } = found(value);
    assert.deepEqual([message, place], [`expected a JSON value, found ${word}`, path]);
  }
  assert.match(found(1n).help, /JSON text/);
  assert.match(found(new Map()).help, /Object\.fromEntries/);
});

test("an object that contains itself is told where", () => {
  const given = trait({ list: [] });
  given.changes[0].value.list.push({ back: given });
  assert.deepEqual(refused(given), {
    message: "the object contains itself",
    help: "leave the reference out",
    path: "changes[0].value.list[0].back",
  });
});

test("nesting has an end", () => {
  const nested = (depth) => Array.from({ length: depth }).reduce((inner) => [inner], 1);
  readsAsWritten(nested(125));
  assert.equal(refused(trait(nested(126))).message, "values are nested more than 128 deep");
  assert.equal(refused(trait(nested(100_000))).message, "values are nested more than 128 deep");
});

test("what throws while it is read is told, and nothing is broken after", () => {
  const fails = () => {
    throw new RangeError("no such thing");
  };
  const message = "reading the value throws: no such thing";
  for (const value of [
    { toJSON: fails },
    Object.defineProperty({}, "member", { get: fails, enumerable: true }),
    new Proxy({}, { ownKeys: fails }),
    new Proxy({ a: 1 }, { get: fails }),
  ]) {
    const { message: told, path } = refused(trait(value));
    assert.equal(told, message);
    assert.match(path, /^changes\[0\]\.value/);
  }
  readsAsWritten(1);
});

test("a key that JavaScript takes for a prototype is a member like every other", () => {
  const traits = '{"__proto__": {"admin": true}, "constructor": 1}';
  const scenario = `{
    "destinations": [{ "delivery": "classic", "warehouse": "snowflake" }],
    "calls": [{ "type": "identify", "userId": "u1", "messageId": "m1", "traits": ${traits} }]
  }`;
  for (const given of [scenario, JSON.parse(scenario)]) {
    const { call } = tablecast.preview(given).destinations[0].calls[0];
    assert.equal(Object.getPrototypeOf(call.traits), Object.prototype);
    assert.equal(call.traits.admin, undefined);
    assert.equal(JSON.stringify(call.traits), JSON.stringify(JSON.parse(traits)));
  }
});
