import {
  changeLines,
  deletion,
  explain,
  exportFile,
  lintKeys,
  migration,
  parseChanges,
  plan,
  policies,
  preview,
  questions,
  recognise,
  recommend,
  resolveMapping,
  robustness,
  scrub,
  setup,
  snakeCase,
  warehouses,
} from "tablecast";
import type {
  Activation,
  Cell,
  Change,
  ColumnFacts,
  Destination,
  Diagnostic,
  Fate,
  Json,
  Policy,
  Preview,
  Recommendation,
  Risk,
  Scenario,
  SegmentCall,
  TablecastError,
  WarehouseFacts,
  WarehouseId,
} from "tablecast";

const id: WarehouseId = "azureSynapse";
const destination: Destination = { delivery: "classic", warehouse: id, sync: { plan: "team", startHour: 3 } };
const changes: Change[] = [
  { kind: "audience", key: "first_time_shopper", userId: "u123", entered: true },
  { kind: "trait", key: "basket", anonymousId: "a1", value: { items: [1, "two", null] }, at: "2026-01-15T10:00:00Z" },
];
const scenario: Scenario = { version: 1, space: "default", destinations: [destination], changes };

const fromObject: Preview = preview(scenario);
const fromText: Preview = preview(JSON.stringify(scenario));
export const cells: Cell[] = fromObject.destinations.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.flat()));
export const remarks: Diagnostic[] = [...fromText.diagnostics, ...fromText.destinations.flatMap((one) => one.diagnostics)];
export const calls: Json[] = fromText.destinations.flatMap((one) => one.calls.map(({ call }) => call));

export function told(change: Change): string {
  switch (change.kind) {
    case "audience":
      return change.entered ? "entered" : "left";
    case "trait":
      return JSON.stringify(change.value);
    case "identifier":
      return JSON.stringify(change.adds);
    case "linkedAudience":
      return change.trigger;
    case "journeyStep":
      return change.step;
  }
}

export function isTablecastError(error: unknown): error is TablecastError {
  return error instanceof Error && error.name === "TablecastError";
}

export function place(error: TablecastError): string {
  const where = error.line === null ? error.path : `${error.line}:${error.column}`;
  return `${where} ${error.code}: ${error.message} ${error.help ?? ""}`;
}

const planned = plan(JSON.stringify(scenario), scenario);
export const fates: Fate[] = planned.destinations.map(({ fate }) => fate);
export const were: (ColumnFacts | null)[] = planned.destinations.flatMap(({ tables }) =>
  tables.flatMap(({ columns }) => columns.map(({ before }) => before)),
);
export const risks: Risk[] = planned.destinations.flatMap(({ warnings }) => warnings.map(({ risk }) => risk));
export const broken: (string | null)[] = planned.destinations.flatMap(({ queries }) => queries.map(({ column }) => column));
export const why: string[] = explain(scenario, { table: "users", row: 0, column: "vip" }).steps.map(({ says }) => says);
export const removed: string[] = deletion(scenario, "u123").person.userIds;
export const moved: Activation[] = migration(scenario).twins.flatMap(({ activations }) => activations);
export const way: Recommendation["delivery"] = recommend({ kind: "audience", key: "vip" }, id).delivery;
export const fields: string[] = setup(id, { schema: "engage" }).fields.map(({ name }) => name);
export const pasted: SegmentCall[] = recognise("[]").calls;
export const lines: string = changeLines(parseChanges("audience vip enter u123").changes);
export const asked: string[] = questions(scenario, id).map(({ sql }) => sql);

const policy: Policy = { usersNull: "clear", numbers: "javascript" };
export const contested: string[] = robustness({ ...scenario, policy }).switches.map((effect) => effect.switch);
export const choices: string[] = policies().flatMap((one) => one.choices.map((choice) => choice.name));
export const advice: (string | null)[] = lintKeys(["VIP", "vip"], [id]).map((report) => report.suggestion);
export const mapped: Json | undefined = resolveMapping({ id: { "@path": "$.userId" } }, { userId: "u123" });
export const csv: string = exportFile(scenario, { table: "users", format: "csv", formulas: "defused" });
export const shown: Preview = preview(scrub(scenario).scenario);
export const name: string = snakeCase("Total Revenue");
export const facts: WarehouseFacts | undefined = warehouses().find((warehouse) => warehouse.id === id);
