// An answer as Parquet, its types kept: whole numbers of 64 bits, times, texts and nothing at all.

import { parquetWriteBuffer } from "hyparquet-writer";

import { TYPES, microseconds } from "./values.js";

const optional = { repetition_type: "OPTIONAL" };
const text = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
const double = { type: "DOUBLE" };
const day = 86_400_000;

const moment = (isAdjustedToUTC) => ({
  element: { type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit: "MICROS" } },
  read: microseconds,
});

/** How the values of a type are kept. `read` gives nothing for a value that has no place there. */
const KEPT = {
  [TYPES.boolean]: { element: { type: "BOOLEAN" }, read: (value) => value === "true" },
  [TYPES.bigint]: { element: { type: "INT64" }, read: BigInt },
  [TYPES.integer]: { element: { type: "INT32" }, read: Number },
  [TYPES.smallint]: { element: { type: "INT32" }, read: Number },
  [TYPES.real]: { element: double, read: Number },
  [TYPES.double]: { element: double, read: Number },
  [TYPES.numeric]: { element: double, read: (value) => (survives(value) ? Number(value) : null) },
  [TYPES.timestamptz]: moment(true),
  [TYPES.timestamp]: moment(false),
  [TYPES.date]: {
    element: { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } },
    read: (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) / day : null),
  },
};

/** The bytes of a file. A column with a value that its type cannot hold is kept as text. */
export function parquet({ fields, rows }) {
  const names = different(fields.map(({ name }) => name));
  const columns = fields.map(({ type }, place) => {
    const given = rows.map((row) => row[place]);
    const kept = KEPT[type];
    const data = kept && given.map((value) => (value === null ? null : kept.read(value)));
    const isWhole = data?.every((value, row) => value !== null || given[row] === null);
    return isWhole ? { element: kept.element, data } : { element: text, data: given };
  });
  const element = ({ element }, place) => ({ ...element, ...optional, name: names[place] });
  const schema = [{ name: "root", num_children: columns.length }, ...columns.map(element)];
  const columnData = columns.map(({ data }, place) => ({ name: names[place], data }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, createdBy: "Tablecast" }));
}

/** Whether no digit is lost where a decimal number becomes a binary one. */
function survives(decimal) {
  const digits = (number) => {
    const [, sign, whole, fraction = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(number) ?? [];
    if (whole === undefined) return number;
    const all = `${whole}${fraction}`.replace(/^0+(?=\d)/, "");
    const short = all.replace(/0+$/, "");
    return short === "" ? "0" : `${sign}${short}e${Number(power) - fraction.length + all.length - short.length}`;
  };
  return digits(decimal) === digits(String(Number(decimal)));
}

/** Names of which no two are one. */
function different(names) {
  const taken = new Set();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}_${number}`;
    taken.add(free);
    return free;
  });
}
