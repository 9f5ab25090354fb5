import { preview, snakeCase, type Change, type Scenario } from "tablecast";

// @ts-expect-error
preview(1);
// @ts-expect-error
preview();
// @ts-expect-error
snakeCase(1);
// @ts-expect-error
export const noDestinations: Scenario = {};
// @ts-expect-error
export const noWarehouse: Scenario = { destinations: [{ delivery: "classic", warehouse: "oracle" }] };
// @ts-expect-error
export const noValue: Change = { kind: "trait", key: "k", userId: "u1", entered: true };
// @ts-expect-error
export const noKind: Change = { kind: "audiense", key: "k", userId: "u1", entered: true };
// @ts-expect-error
export const noField: Scenario = { destinations: [], chnages: [] };
// @ts-expect-error
export const noChoice: Scenario = { destinations: [], policy: { numbers: "roman" } };
// @ts-expect-error
export const noNumber: number = preview("{}");
