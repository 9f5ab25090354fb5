import { exportFile, lintKeys, policies, preview, resolveMapping, robustness, scrub, snakeCase, warehouses } from "tablecast";
import type {
  Cell,
  Change,
  Destination,
  Diagnostic,
  Json,
  Policy,
  Preview,
  Scenario,
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

const policy: Policy = { usersNull: "clear", numbers: "javascript" };
export const contested: string[] = robustness({ ...scenario, policy }).switches.map((effect) => effect.switch);
export const choices: string[] = policies().flatMap((one) => one.choices.map((choice) => choice.name));
export const advice: (string | null)[] = lintKeys(["VIP", "vip"], [id]).map((report) => report.suggestion);
export const mapped: Json | undefined = resolveMapping({ id: { "@path": "$.userId" } }, { userId: "u123" });
export const csv: string = exportFile(scenario, { table: "users", format: "csv", formulas: "defused" });
export const shown: Preview = preview(scrub(scenario).scenario);
export const name: string = snakeCase("Total Revenue");
export const facts: WarehouseFacts | undefined = warehouses().find((warehouse) => warehouse.id === id);
