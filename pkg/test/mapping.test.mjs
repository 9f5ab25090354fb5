// Mappings: what they give, `undefined` included, and what is thrown where.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tablecast } from "./support/installed.mjs";

const { resolveMapping } = tablecast;

const payload = {
  userId: "u123",
  properties: { gone: undefined, none: null, context: { total: 120.5, 7: [1e21, new Date(0)] } },
};

test("a mapping gives a row, without what the payload has not", () => {
  const mapping = {
    user_id: { "@path": "$.userId" },
    gone: { "@path": "$.properties.gone" },
    none: { "@path": "$.properties.none" },
    context: { "@json": { mode: "encode", value: { "@path": "$.properties.context" } } },
    total: { "@path": "$.properties.context.total" },
  };
  assert.deepEqual(resolveMapping(mapping, payload), {
    user_id: "u123",
    none: null,
    context: JSON.stringify(payload.properties.context),
    total: 120.5,
  });
});

test("a part of a mapping gives its value, or `undefined`", () => {
  assert.equal(resolveMapping({ "@template": "{{userId}}!" }, payload), "u123!");
  assert.equal(resolveMapping({ "@path": "$.gone" }, payload), undefined);
  // As mapping-kit spreads what is no object at the root.
  assert.deepEqual(resolveMapping("as", payload), { 0: "a", 1: "s" });
});

test("what mapping-kit refuses is thrown, with its place", () => {
  const invalid = { name: "TablecastError", code: "invalid-mapping", path: "id", help: "did you mean `@path`?" };
  assert.throws(() => resolveMapping({ id: { "@pth": "$.userId" } }, payload), invalid);
  const failed = { code: "mapping-failed", path: "id.@path" };
  assert.throws(() => resolveMapping({ id: { "@path": { "@path": "$.properties" } } }, payload), failed);
  assert.throws(() => resolveMapping({}, "payload"), { code: "mapping-failed" });
  assert.throws(() => resolveMapping(undefined, payload), { code: "wrong-type" });
});
