// The types of the npm package `tablecast`. Generated from the Rust sources by `cargo xtask golden`: edit those.

/**
 * Casts a scenario into the tables, rows and SQL it will become in each of its warehouses.
 *
 * An object is read as `JSON.stringify` would write it: members that are `undefined` are absent, a
 * `Date` is its ISO text, NaN is `null`. What has no JSON form (a function, a `Map`, a bigint) is
 * an error. JSON text keeps numbers as they are written there: `450.00` makes a float column and
 * `450` an integer one, which no JavaScript object can tell apart.
 *
 * Throws a `TablecastError` when it is not JSON or not a scenario. What is odd about the data is no
 * error: the preview's `diagnostics` tell.
 */
export function preview(scenario: Scenario | string): Preview;

/**
 * The column name that a trait, property or audience key becomes, or the table name that an event's
 * name becomes, before any warehouse's own rules. Empty when nothing of the text can be part of a
 * name.
 *
 * Throws a `TablecastError` when it is given anything but a string.
 */
export function snakeCase(text: string): string;

/** What Tablecast knows about each warehouse, in the order a person is offered them. */
export function warehouses(): WarehouseFacts[];

/**
 * What the functions throw: an `Error` with the place of the trouble.
 *
 * `message` is one sentence of fact. It is told apart from other errors by its `name`.
 */
export interface TablecastError extends Error {
  /** Always this. */
  name: "TablecastError";
  /**
   * Permanent kebab-case name of what is wrong: `malformed-json`, `unknown-field`, `wrong-type`, …
   */
  code: string;
  /** One action that helps. */
  help: string | null;
  /** Where in the scenario, as in `changes[3].entered`; empty for the whole of it. */
  path: string;
  /** The line of the place, from 1, when the scenario was text. */
  line: number | null;
  /** The column of the place, in characters from 1, when the scenario was text. */
  column: number | null;
}

/** A space, its warehouses and what happens in it. Everything omitted has a default. */
export interface Scenario {
  /** The version of this contract: 1. */
  version?: 1;
  /** The space's name; `default` when absent. */
  space?: string;
  /** The space's id; derived from its name when absent. */
  spaceId?: string;
  /**
   * What the space computes; a key that a change names first becomes an audience or computed trait.
   */
  computations?: Computation[];
  /** The warehouses. */
  destinations: Destination[];
  /** What happens in Engage, in the order of time; sorted where it is not. */
  changes?: Change[];
  /** Segment calls as copied from its debugger, joined to the changes by time. */
  calls?: SegmentCall[];
  /** The present; the last time in the scenario when absent. */
  now?: string;
}

/**
 * What a space computes: an audience, a computed trait or a journey, by its key.
 *
 * Source of keys and classes: <https://segment.com/docs/engage/using-engage-data/>.
 */
export interface Computation {
  /** What kind of thing it is. */
  kind: ComputationKind;
  /** The key its values go by. It cannot be changed in Segment. */
  key: string;
  /** Its name in Engage. */
  name?: string;
  /** Its id in Engage, `aud_…` or `tra_…`; derived from the key when absent. */
  id?: string;
}

/** The kinds of computation that classic storage writes. */
export type ComputationKind = "audience" | "computedTrait" | "journey";

/** One warehouse connected to the space by classic storage. */
export interface Destination {
  /** What other things call it; the warehouse's id when absent. */
  id?: string;
  /** How Engage writes to it. */
  delivery: Delivery;
  /** The warehouse. */
  warehouse: WarehouseId;
  /** Which computations are sent, and how; every computation in the usual way when absent. */
  connections?: Connection[];
  /** When the warehouse loads; on the hour when absent. */
  sync?: SyncSchedule;
}

/** The ways Engage writes to a warehouse. */
export type Delivery = "classic";

/** A warehouse's word in the contract. */
export type WarehouseId =
  | "snowflake"
  | "bigquery"
  | "redshift"
  | "databricks"
  | "postgres"
  | "azureSynapse"
  | "azureSql"
  | "db2"
  | "duckdb";

/**
 * The settings of one computation's connection to one destination, as the panel in Engage has them.
 *
 * Source: <https://segment.com/docs/engage/warehouses/>, its screenshots of the settings.
 */
export interface Connection {
  /** The computation's key. */
  computation: string;
  /** Send an identify call for each change. */
  identify?: boolean;
  /** Send a track call for each change. */
  track?: boolean;
  /** The event when somebody enters the audience. */
  enterEvent?: string;
  /** The event when somebody leaves it. */
  exitEvent?: string;
  /** The event when the trait is computed. */
  computeEvent?: string;
}

/**
 * When a warehouse loads.
 *
 * Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.
 */
export interface SyncSchedule {
  /** The plan of the workspace; it sets how often. */
  plan?: Plan;
  /** The hour of the day, in UTC, of the first sync; 0 when absent. */
  startHour?: number;
}

/** The plan of a workspace. */
export type Plan = "free" | "team" | "business";

/** One thing that happened in Engage. */
export type Change =
  | {
      kind: "audience";
      /** The key of the audience, trait or journey. */
      key: string;
      /** Whether they entered. */
      entered: boolean;
      /** When; one second after the previous change when absent. */
      at?: string;
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
    }
  | {
      kind: "trait";
      /** The key of the audience, trait or journey. */
      key: string;
      /** Its value; `null` clears the trait. */
      value: Json;
      /** When; one second after the previous change when absent. */
      at?: string;
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
    };

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * A call as Segment's debugger shows it: `type`, `messageId`, `traits` or `properties`, `context`,
 * times.
 *
 * As input any JSON is taken; what is no call is said to be none.
 */
export type SegmentCall = { [key: string]: Json };

/** What a scenario becomes in each warehouse. */
export interface Preview {
  /** The warehouses, in the order of the scenario. */
  destinations: DestinationPreview[];
  /** Remarks about the scenario as a whole. */
  diagnostics: Diagnostic[];
}

/** What a scenario becomes in one warehouse. */
export interface DestinationPreview {
  /** The destination's id. */
  id: string;
  /** Its warehouse. */
  warehouse: WarehouseId;
  /** How Engage writes to it. */
  delivery: Delivery;
  /** The schema its tables are in. */
  schema: string;
  /** The calls sent to it, in order. */
  calls: NumberedCall[];
  /** Its tables, in the order they came. */
  tables: Table[];
  /**
   * The statements that grow an empty warehouse into these tables, in the order a loader runs them.
   */
  statements: Statement[];
  /** Remarks about this destination. */
  diagnostics: Diagnostic[];
}

/** A call and what made it. */
export interface NumberedCall {
  /** The call. */
  call: SegmentCall;
  /** Index of the change that made it; `null` for a pasted call. */
  change: number | null;
  /** When it happened. */
  at: string;
}

/** A table with its rows. */
export interface Table {
  /** Its schema. */
  schema: string;
  /** Its name. */
  name: string;
  /** What it is for. */
  kind: TableKind;
  /** Its columns, in the warehouse's order. */
  columns: Column[];
  /** The few columns that tell the story, each with the heading it goes by. */
  compact: CompactColumn[];
  /** Its rows: one cell for each column. */
  rows: Cell[][];
  /** What made each row. */
  rowCauses: RowCause[];
  /** Values, or parts of them, that no cell holds. */
  lost: Lost[];
}

/** What kind of table it is. */
export type TableKind = "identifies" | "users" | "tracks" | "event";

/** A column. */
export interface Column {
  /** Its name. */
  name: string;
  /** Its type, the same in every warehouse. */
  logicalType: LogicalType;
  /** Its type in the warehouse's words. */
  type: string;
  /** Whether a row may leave it empty. */
  nullable: boolean;
  /** Where in the call its values come from, as in `traits.first_time_shopper`. */
  source: string;
  /** Index of the call that brought it. */
  createdBy: number;
  /** Whether it is one of Segment's own. */
  standard: boolean;
  /** Whether the warehouse connector fills it; its cells are `null` here. */
  setByLoader: boolean;
}

/** The logical type of a column, the same in every warehouse. */
export type LogicalType = "boolean" | "integer" | "float" | "timestamp" | "varchar";

/** A column of the compact view. */
export interface CompactColumn {
  /** The column's name. */
  column: string;
  /** The heading it goes by. */
  label: string;
}

/**
 * A cell: `null`, a boolean, a number or a string. Timestamps are ISO-8601 with `Z`; an integer
 * that a JavaScript number cannot hold is its decimal digits.
 */
export type Cell = null | boolean | number | string;

/** What made a row. */
export interface RowCause {
  /** Index of the change; `null` for a pasted call. */
  change: number | null;
  /** Index of the call. */
  call: number;
  /** Start of the sync that brings it. */
  landsAt: string | null;
}

/** A value, or part of one, that no cell holds. */
export interface Lost {
  /** The row it would be in. */
  row: number | null;
  /** The column it would be in; `null` where there is none. */
  column: string | null;
  /** The value as sent. */
  value: Json;
  /** The code of the remark that says why. */
  code: string;
}

/** One statement, in one warehouse's dialect. */
export interface Statement {
  /** What it does. */
  kind: StatementKind;
  /** The table it is about, by name. */
  table: string | null;
  /** Its text, with its semicolon. */
  sql: string;
  /** Index of the call that made it necessary. */
  createdBy: number | null;
}

/** What a statement does. */
export type StatementKind = "createSchema" | "createTable" | "addColumn";

/**
 * One remark: what happened, to what, and what to do about it.
 *
 * The place is a path in the reader's world: change, key, table, column, warehouse; what does not
 * apply is `null`.
 */
export interface Diagnostic {
  /** Permanent kebab-case name from the register of codes. */
  code: string;
  /** What became of the data. */
  severity: Severity;
  /** One sentence of fact. */
  message: string;
  /** One action, with a value to copy. */
  help: string | null;
  /** Index of the change, in the scenario's `changes`. */
  change: number | null;
  /** The audience, trait or property key. */
  key: string | null;
  /** The table, as `schema.table`. */
  table: string | null;
  /** The column. */
  column: string | null;
  /** The warehouse, when the remark is about one. */
  warehouse: WarehouseId | null;
  /** Where to read more. */
  docs: string | null;
}

/** What became of the data. */
export type Severity = "error" | "warning" | "note";

/** All that makes one warehouse different from another. */
export interface WarehouseFacts {
  /** Its word in the contract. */
  id: WarehouseId;
  /** Its name as its vendor writes it. */
  name: string;
  /** What of Engage writes to it. */
  offer: Offer;
  /** How a name is quoted. */
  quote: Quote;
  /** The case an unquoted name takes. */
  folding: Folding;
  /** How long a name may be. */
  nameLimits: NameLimits;
  /** Its words for the logical types. */
  types: TypeNames;
  /** How much text a column takes. */
  textLimit: TextLimit;
  /** The columns its loader fills for itself. */
  bookkeeping: Bookkeeping[];
  /** What becomes of a name that starts with a digit. */
  leadingDigit: LeadingDigit;
  /** Its reserved words and what becomes of a name that is one. */
  reservedWords: ReservedWords;
  /** What becomes of a key that takes the name of one of Segment's own columns. */
  standardNames: StandardNames;
  /** How a schema is made only where there is none. */
  createSchema: CreateSchema;
  /** How a column is added. */
  addColumn: AddColumn;
  /** What a table has besides columns. */
  tableLayout: TableLayout;
  /** The most columns a table may have, where the vendor says. */
  columnLimit: number | null;
}

/** What of Engage writes to a warehouse. */
export type Offer = "classicAndStorageActions" | "classicOnly" | "localTwin";

/**
 * How a name is quoted. The closing character inside a name is doubled, but for backticks, where
 * names hold none.
 */
export type Quote = "double" | "backtick" | "bracket";

/**
 * The case an unquoted name takes. Statements quote every name in that case, so that it can be used
 * unquoted after.
 */
export type Folding = "lower" | "upper";

/** How long names may be, in bytes. Names are ASCII, so bytes and characters are one. */
export interface NameLimits {
  /** For a schema or table. */
  table: number;
  /** For a column. */
  column: number;
}

/** A warehouse's words for the logical types. */
export interface TypeNames {
  /** For a boolean. */
  boolean: string;
  /** For a 64-bit integer. */
  integer: string;
  /** For a double. */
  float: string;
  /** For an instant. */
  timestamp: string;
  /** For text. */
  varchar: string;
  /** For the key column `id` of every table, its constraint included. */
  id: string;
}

/** How much text a column takes. */
export type TextLimit = { kind: "none" } | { kind: "characters"; most: number };

/**
 * A column the warehouse connector fills when it loads, so that nobody can know its value before.
 *
 * Source: <https://segment.com/docs/connections/storage/warehouses/schema/>.
 */
export type Bookkeeping = "uuid" | "uuid_ts" | "loaded_at";

/** What becomes of a name that starts with a digit. */
export type LeadingDigit = "kept" | "prefixed";

/** Reserved words and what becomes of a name that is one. */
export interface ReservedWords {
  /** The words, in upper case with a space between. */
  words: string[];
  /** What becomes of a name that is one. */
  fate: WordFate;
}

/** What becomes of a name that is a reserved word. */
export type WordFate = "quoted" | "prefixed" | "failsLoad";

/**
 * What becomes of a key that takes the name of one of Segment's own columns. `id` is `_id`
 * everywhere.
 */
export type StandardNames = "kept" | "prefixed";

/** How a schema is made only where there is none. */
export type CreateSchema = "ifNotExists" | "guarded" | "plain";

/** How a column is added. */
export type AddColumn = "withKeyword" | "withoutKeyword";

/** What a table has besides columns. */
export type TableLayout =
  | "plain"
  | "distributedAndSorted"
  | "dayPartitions"
  | "delta"
  | "primaryKey";
