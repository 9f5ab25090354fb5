// What PostgreSQL's values are by their type, and how they are written elsewhere.

/** Types by PostgreSQL's own numbers for them: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
export const TYPES = {
  boolean: 16, bigint: 20, smallint: 21, integer: 23, json: 114, real: 700, double: 701, date: 1082, timestamp: 1114,
  timestamptz: 1184, numeric: 1700, jsonb: 3802,
};

/** How a value of a type is written where that is not as PostgreSQL does. */
export function asWritten(type) {
  if (type === TYPES.boolean) return (text) => (text === "t" ? "true" : "false");
  if (type === TYPES.timestamptz) return asInstant;
  return null;
}

/** `2026-01-15 10:00:00+00` as `2026-01-15T10:00:00Z`; what has no such form stays as it is. */
function asInstant(text) {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/.test(text) ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text;
}

/** Microseconds since 1970 of `2026-01-15T10:00:00.123456Z`, or the same with a space and no zone; none where it is another. */
export function microseconds(text) {
  const read = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?$/.exec(text);
  if (!read) return null;
  const [, day, clock, fraction = ""] = read;
  return BigInt(Date.parse(`${day}T${clock}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
}
