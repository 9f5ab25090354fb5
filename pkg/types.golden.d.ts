// The types of the npm package `tablecast`. Generated from the Rust sources by `cargo xtask golden`: edit those.

/**
 * Casts a scenario into the tables, rows and SQL it will become in each of its warehouses.
 *
 * An object is read as `JSON.stringify` would write it: members that are `undefined` are absent, a
 * `Date` is its ISO text, NaN is `null`. What has no JSON form (a function, a `Map`, a bigint) is
 * an error. JSON text keeps numbers as they are written there: `450.00` makes a float column and
 * `450` an integer one, which no JavaScript object can tell apart.
 *
 * The statements, run in order on an empty warehouse, give its tables with their rows; `options`
 * may leave the rows out.
 *
 * Throws a `TablecastError` when it is not JSON or not a scenario. What is odd about the data is no
 * error: the preview's `diagnostics` tell.
 */
export function preview(scenario: Scenario | string, options?: PreviewOptions): Preview;

/**
 * Says what of a scenario's answer hangs on rules on which Segment's pages disagree, and on the
 * order of arrival.
 *
 * Each other choice of each switch is tried by itself; `order` names a smallest swap of two calls
 * that gives a column another type. Throws a `TablecastError` as `preview` does.
 */
export function robustness(scenario: Scenario | string): Robustness;

/**
 * Says why something of a scenario's answer is as it is: the change, the call and the place in it,
 * each step of the name, what decided the type, what became of the value, and the statement; each
 * with its rule and the page that says so.
 *
 * A table, a row and a column are a cell; without a row a column, without a column a row. Throws a
 * `TablecastError` as `preview` does, and when there is no such thing: its `help` names what there
 * is.
 */
export function explain(scenario: Scenario | string, target: ExplainTarget): Explanation;

/**
 * Says what changes in each warehouse when one scenario takes another's place: tables and columns
 * that come, change or are left behind, the statements, the queries that break, and what to think
 * of first.
 *
 * Throws a `TablecastError` as `preview` does.
 */
export function plan(before: Scenario | string, after: Scenario | string): Plan;

/**
 * Looks keys of audiences and computed traits, or names of events, over before they are created,
 * since Segment never lets a key be changed: the column or table of each in each warehouse, what is
 * wrong with it, and a key without the problem.
 *
 * Keys are an array, or text with one on each line. Warehouses are every one when not given;
 * `options` say what the keys are of and how contested rules are decided. Throws a `TablecastError`
 * when any is something else.
 */
export function lintKeys(keys: string[] | string, warehouses?: WarehouseId[], options?: LintOptions): KeyReport[];

/**
 * Says how to connect a warehouse to Segment: scripts to copy (roles, users, grants, key pairs),
 * what Segment's form asks for, the addresses to let in, and the steps in Engage for each delivery.
 *
 * `fields` is what a person has already, an object or its JSON text, by the names of the answer's
 * `fields`, and `region`, the workspace's; what is not there stands in the scripts as a
 * placeholder. Secrets are looked over and come back nowhere, but for a password that a statement
 * sets. Throws a `TablecastError` with the path of a field that the warehouse, or Segment's form,
 * would refuse.
 */
export function setup(warehouse: WarehouseId, fields?: { [field: string]: Json | undefined } | string): Setup;

/**
 * Says what a pasted text is (Segment calls, changes as JSON or as lines, names of audiences, a
 * listing of Segment's Public API, a whole scenario), reads what it can, and tells what it cannot,
 * line by line.
 *
 * Throws a `TablecastError` when it is given anything but a string.
 */
export function recognise(text: string): Recognised;

/**
 * Reads changes from a text with one on each line, as in `audience vip enter u123
 * 2026-01-15T10:00:00Z`; a line that is no change is among the `faults`.
 *
 * Throws a `TablecastError` when it is given anything but a string.
 */
export function parseChanges(text: string): ParsedChanges;

/**
 * Writes changes as text, one on each line; `parseChanges` reads them back.
 *
 * Throws a `TablecastError` when one of them is no change.
 */
export function changeLines(changes: Change[]): string;

/**
 * Writes the statements that remove a person from every table of a scenario's warehouses, as the
 * GDPR asks; says which of the previewed rows each takes, and what no statement can decide, with a
 * query that finds it.
 *
 * Throws a `TablecastError` as `preview` does, and when the user id is empty or no string.
 */
export function deletion(scenario: Scenario | string, user_id: string): Deletion;

/**
 * Recommends the way to send a computation to a warehouse, with the sentence that says why: storage
 * actions where they apply, classic storage where they do not, and neither where Segment has no
 * way.
 *
 * Throws a `TablecastError` when either is not what the contract says.
 */
export function recommend(computation: Computation, warehouse: WarehouseId): Recommendation;

/**
 * Casts a scenario's classic destinations into storage actions, beside what they are: the twin of
 * each, what of its tables has no equivalent there, and the views that give the classic shape.
 *
 * Throws a `TablecastError` as `preview` does.
 */
export function migration(scenario: Scenario | string): Migration;

/**
 * Resolves a mapping of a Storage Action for one payload, as Segment's own mapping-kit does:
 * directives such as `@path`, `@template`, `@if` and `@json` are replaced by what they give,
 * everything else stands for itself.
 *
 * Gives `undefined` where mapping-kit does, as for a path that leads nowhere. Throws a
 * `TablecastError` with the place in the mapping where mapping-kit throws: `invalid-mapping`
 * whatever the payload, `mapping-failed` for this one.
 */
export function resolveMapping(mapping: Json, payload: { [key: string]: Json | undefined }): Json | undefined;

/**
 * Ready-made questions to the tables of a scenario's destination, with the queries in its
 * warehouse's own SQL: only those that the tables really there can answer.
 *
 * The destination is named by its id; the first is meant when none is. Throws a `TablecastError` as
 * `preview` does, and when no destination goes by that id.
 */
export function questions(scenario: Scenario | string, destination?: string): Question[];

/**
 * Writes the rows of a scenario's table (`format`: `"csv"` or `"ndjson"`), or without a `table` the
 * calls of its destination as NDJSON: the text of a file.
 *
 * In CSV nothing stands for null and `""` for an empty text; `formulas: "defused"` puts a `'`
 * before text that a spreadsheet would run. Throws a `TablecastError` as `preview` does, and when
 * there is no such table or destination: its `help` names what there is.
 */
export function exportFile(scenario: Scenario | string, options?: ExportOptions): string;

/**
 * Puts a stand-in in the place of every identifier of a scenario (user ids, anonymous ids, e-mail
 * addresses, telephone numbers, external ids, names), the same wherever the same one stood: its
 * tables keep their shape, and it can be shown to others. Gives the scenario as JSON text.
 *
 * Throws a `TablecastError` when it is no JSON object.
 */
export function scrub(scenario: Scenario | string): Scrubbed;

/**
 * The rules on which Segment's own pages disagree, or are silent: what each may be set to in a
 * scenario's `policy`, who says so, and why the first choice is the default.
 */
export function policies(): Switch[];

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
  /** What Engage knows of people beyond the ids that changes name. */
  profiles?: Profile[];
  /** The warehouses. */
  destinations: Destination[];
  /** What happens in Engage, in the order of time; sorted where it is not. */
  changes?: Change[];
  /** Segment calls as copied from its debugger, joined to the changes by time. */
  calls?: SegmentCall[];
  /**
   * The space's other destinations: instances by type, as in `{"webhooks": 3, "amplitude": 1,
   * "messaging": 2}`.
   */
  otherDestinations?: { [key: string]: number };
  /** How contested rules are decided; each in its usual way when absent. */
  policy?: Policy;
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
  /** What it is computed for; users when absent. */
  level?: Level;
  /** What a computed trait is computed from; events when absent. */
  source?: TraitSource;
  /** Of which generation a journey is: 1 when absent; 2 for those that events trigger. */
  version?: 1 | 2;
}

/** The kinds of computation. */
export type ComputationKind = "audience" | "computedTrait" | "linkedAudience" | "journey";

/** What something is computed for. */
export type Level = "user" | "account";

/** What a computed trait is computed from. */
export type TraitSource = "event" | "sql" | "prediction";

/**
 * What Engage knows of a person: every identifier, in the order it came to know them, and some
 * traits.
 *
 * Source: <https://segment.com/docs/unify/identity-resolution/externalids/>.
 */
export interface Profile {
  /** User ids. */
  userIds?: string[];
  /** Anonymous ids. */
  anonymousIds?: string[];
  /** E-mail addresses. */
  emails?: string[];
  /** Mobile devices. */
  devices?: Device[];
  /** The account the person belongs to. */
  accountId?: string;
  /** Traits that a connection's enrichment may send along. */
  traits?: { [key: string]: Json };
  /** What the data graph links to them, by the slug of the relationship. */
  entities?: { [key: string]: Related };
}

/** A mobile device, by its advertising id. */
export interface Device {
  /** The id that advertising goes by. */
  advertisingId: string;
  /** The system, which makes it an `ios.idfa` or an `android.idfa`. */
  type: DeviceType;
}

/** The system of a mobile device. */
export type DeviceType = "ios" | "android";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The entities of one relationship. */
export interface Related {
  /** The slug of the entity, as in `account`; the relationship has one of its own. */
  entity: string;
  /** The entities. */
  rows: Entity[];
}

/** One entity. */
export interface Entity {
  /** Its columns that the activation selects; the primary key is always one. */
  columns: { [key: string]: Json };
  /** The entities linked to it, by the slug of the relationship. */
  related?: { [key: string]: Related };
}

/** One warehouse connected to the space. */
export type Destination =
  | {
      delivery: "classic";
      /** The warehouse. */
      warehouse: WarehouseId;
      /** What other things call it; the warehouse's id when absent. */
      id?: string;
      /**
       * The database, project or catalog the schema is in. Statements name it where the warehouse
       * has such names.
       */
      database?: string;
      /** Which computations are sent, and how; every computation in the usual way when absent. */
      connections?: Connection[];
      /** When the warehouse loads; on the hour when absent. */
      sync?: SyncSchedule;
      /** What the warehouse leaves out; nothing when absent. */
      selectiveSync?: SelectiveSync;
      /** How many instances of the warehouse the space has; one when absent. */
      instances?: number;
      /** When the warehouse was connected to the space; before everything else when absent. */
      connectedAt?: string;
    }
  | {
      delivery: "storageActions";
      /** The warehouse. */
      warehouse: WarehouseId;
      /** What is written, and to which tables. */
      activations: Activation[];
      /** What other things call it; the warehouse's id when absent. */
      id?: string;
      /**
       * The database, project or catalog the schema is in. Statements name it where the warehouse
       * has such names.
       */
      database?: string;
      /**
       * A schema that is there already, to write to in place of the space's; only Snowflake has the
       * setting.
       */
      schemaOverride?: string;
    };

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
 * Source: <https://segment.com/docs/engage/warehouses/>, its screenshots of the settings; for
 * accounts <https://segment.com/docs/engage/audiences/account-audiences/>.
 */
export interface Connection {
  /** The computation's key. */
  computation: string;
  /**
   * Send an identify call for each change; on when absent, but for what is computed for accounts.
   */
  identify?: boolean;
  /** Send a track call for each change; off when absent. */
  track?: boolean;
  /** Send a group call for each change of an account; on when absent. */
  group?: boolean;
  /** The event when somebody enters the audience; `Audience Entered` when absent. */
  enterEvent?: string;
  /** The event when somebody leaves it; `Audience Exited` when absent. */
  exitEvent?: string;
  /** The event when the trait is computed; `Trait Computed` when absent. */
  computeEvent?: string;
  /** Send the advertising id of the person's device; off when absent. */
  mobileIds?: boolean;
  /** Which of several identifiers are sent. */
  idSync?: IdSync;
  /** When the computation was connected; from the beginning when absent. */
  connectedAt?: string;
  /** Include historical data: what holds when it is connected is sent then; on when absent. */
  history?: boolean;
  /** Traits of the profile that every call carries too. */
  enrichment?: string[];
}

/**
 * Which of several identifiers are sent: one call for each combination. Exits send all of each
 * type, whatever is set.
 *
 * User ids and e-mail addresses that are left out send all. Other types are sent only where they
 * are named; mobile ids go as traits or properties then, and only while mobile ids are sent at all.
 * At most three types may send all.
 *
 * Source: <https://segment.com/docs/engage/trait-activation/id-sync/>; for the names of mobile ids
 * <https://segment.com/docs/connections/destinations/catalog/actions-snap-audiences/>.
 */
export interface IdSync {
  /** Of the user ids. */
  userId?: Selection;
  /** Of the e-mail addresses. */
  email?: Selection;
  /**
   * Of the anonymous ids; where it is left out, the one of the change, or the first for somebody
   * without a user id.
   */
  anonymousId?: Selection;
  /** Of the advertising ids of Apple's devices. */
  iosIdfa?: Selection;
  /** Of the advertising ids of Google's devices. */
  androidIdfa?: Selection;
}

/** Which of several identifiers of one type are sent. */
export type Selection = "all" | "first" | "last";

/**
 * When a warehouse loads.
 *
 * Source: <https://segment.com/docs/connections/storage/warehouses/warehouse-syncs/>.
 */
export interface SyncSchedule {
  /** The plan of the workspace; it sets how often. */
  plan?: WorkspacePlan;
  /**
   * The hour of the day, in UTC, of the first sync; 0 when absent. Segment sets it where the plan
   * is not business.
   */
  startHour?: number;
  /**
   * The hours of the day, in UTC, at which syncs start on the business plan; every hour when
   * absent.
   */
  hours?: number[];
}

/** The plan of a workspace. */
export type WorkspacePlan = "free" | "team" | "business";

/** What a warehouse leaves out. */
export interface SelectiveSync {
  /** What is off from the beginning. */
  off?: string[];
  /** What is switched, and when, in the order of time. */
  toggles?: Toggle[];
}

/** A switch of Selective Sync. */
export interface Toggle {
  /** When. */
  at: string;
  /** What. */
  target: string;
  /** Whether it is on from then on. */
  on: boolean;
}

/** One computation written to one table of a storage-actions destination. */
export interface Activation {
  /**
   * Its id in Engage, the `event_emitter_id` of its calls; derived from its place in the scenario
   * when absent.
   */
  id?: string;
  /** The computation's key. */
  computation: string;
  /** What it writes a row for; everything that happens to its computation when absent. */
  trigger?: Trigger;
  /** The table; the event's name when absent. */
  table?: string;
  /** The event's name; one that says the trigger when absent, and the step's name for a journey. */
  eventName?: string;
  /**
   * The schema it asks for. All activations of a destination share one, so any other is refused.
   */
  schema?: string;
  /** When its audience runs; as things happen when absent. */
  run?: Run;
  /** Columns beside those of the preset: each name with the mapping of its value. */
  columns?: { [key: string]: Json };
  /**
   * The whole mapping of the action, in place of the preset: `event`, `properties`, `messageId`,
   * `type`, `receivedAt`.
   */
  mapping?: Json;
}

/**
 * What an activation writes a row for.
 *
 * Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
 */
export type Trigger =
  | "profileEntered"
  | "profileExited"
  | "entityEntered"
  | "entityExited"
  | "journeyStepEntered"
  | "membershipChanged";

/**
 * When an audience runs.
 *
 * Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
 */
export type Run =
  | {
      /** How often, counted from midnight in UTC. */
      every: Interval;
    }
  | {
      /** The days. */
      days: Day[];
      /** The time of day in UTC, as in `09:30`. */
      at: string;
    }
  | {
      /** The times it is started. */
      manual: string[];
    };

/** How often an audience runs. */
export type Interval = "15m" | "30m" | "1h" | "2h" | "4h" | "6h" | "8h" | "12h" | "1d";

/** A day of the week. */
export type Day =
  | "monday"
  | "tuesday"
  | "wednesday"
  | "thursday"
  | "friday"
  | "saturday"
  | "sunday";

/** One thing that happened in Engage. */
export type Change =
  | {
      kind: "audience";
      /** The audience's key. */
      key: string;
      /** Whether they entered. */
      entered: boolean;
      /** When; one second after the previous change when absent. */
      at?: string;
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
      /** The account, for what is computed for accounts. */
      accountId?: string;
    }
  | {
      kind: "trait";
      /** The trait's key. */
      key: string;
      /** Its value; `null` clears the trait. */
      value: Json;
      /** When; one second after the previous change when absent. */
      at?: string;
      /** The other columns of a SQL trait's row: one call carries them all. */
      with?: { [key: string]: Json };
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
      /** The account, for what is computed for accounts. */
      accountId?: string;
    }
  | {
      kind: "linkedAudience";
      /** The audience's key. */
      key: string;
      /** What happened. */
      trigger: LinkedTrigger;
      /** When; one second after the previous change when absent. */
      at?: string;
      /** The entities that come with it; those of the person's profile when absent. */
      entityContext?: Json;
      /**
       * Further properties the activation selects: traits of the profile, columns of the entity.
       */
      properties?: { [key: string]: Json };
      /** The id of the run that found it; derived from the audience and the time when absent. */
      runId?: string;
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
      /** The account, for what is computed for accounts. */
      accountId?: string;
    }
  | {
      kind: "journeyStep";
      /** The journey's key. */
      key: string;
      /** The step's name. */
      step: string;
      /** When; one second after the previous change when absent. */
      at?: string;
      /**
       * The events on their path, by name; or in order, each with `event`, its `properties`, and
       * the `branch` it is told apart by.
       */
      context?: Json;
      /** What the journey says of itself: its id and that of the person's walk through it. */
      metadata?: Json;
      /** Further properties the step selects. */
      properties?: { [key: string]: Json };
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
      /** The account, for what is computed for accounts. */
      accountId?: string;
    }
  | {
      kind: "identifier";
      /** The new identifier. */
      adds: Identifier;
      /** When; one second after the previous change when absent. */
      at?: string;
      /** The user id, once they are identified. */
      userId?: string;
      /** The id of a visitor who may not be identified. */
      anonymousId?: string;
      /** The account, for what is computed for accounts. */
      accountId?: string;
    };

/**
 * What happens to a linked audience.
 *
 * Source: <https://segment.com/docs/engage/audiences/linked-audiences/>.
 */
export type LinkedTrigger = "profileEntered" | "profileExited" | "entityEntered" | "entityExited";

/** An identifier of a person. */
export type Identifier = { userId: string } | { email: string };

/**
 * A call as Segment's debugger shows it: `type`, `messageId`, `traits` or `properties`, `context`,
 * times.
 *
 * As input any JSON is taken; what is no call is said to be none.
 */
export type SegmentCall = { [key: string]: Json };

/** How each contested rule is decided. */
export interface Policy {
  /** Is a number typed as it is written, or as JavaScript hands it on? */
  numbers?: Numbers;
  /** Which value of the batch that brings a column gives it its type? */
  columnType?: ColumnTypeFrom;
  /** What becomes of a value of another type than its column's? */
  mismatch?: Mismatch;
  /** What becomes of a key that takes the name of one of Segment's own columns? */
  reservedColumns?: ReservedColumns;
  /** How is a key inside an object of `context` written in its column's name? */
  contextNesting?: ContextNesting;
  /** What becomes of a name that is a reserved word? */
  reservedWords?: ReservedWordNames;
  /** How long may a text be? */
  textLength?: TextLength;
  /** What becomes of a time without a zone? */
  zonelessTimes?: ZonelessTimes;
  /** How is an array written as text? */
  arrayText?: ArrayText;
  /** What is the key column of `users` called? */
  usersKey?: UsersKey;
  /** What does `null` do to a person's row in `users`? */
  usersNull?: UsersNull;
  /** What becomes of the older traits of somebody not updated for 180 days? */
  idleUsers?: IdleUsers;
  /** Does `tracks` hold properties? */
  tracksColumns?: TracksColumns;
  /** Under which key do track calls carry their data? */
  trackBody?: TrackBody;
  /** What does `audience_key` hold? */
  audienceKey?: AudienceKey;
  /** What is the value of a journey's membership? */
  journeyMembership?: JourneyMembership;
  /** What is the computation class of a computed trait? */
  traitClass?: TraitClass;
  /** Does a workspace on the free plan have a warehouse? */
  freePlan?: FreePlan;
  /** When do the rows of storage actions land? */
  storageActionSyncs?: StorageActionSyncs;
  /** What becomes of what came while a source was off in Selective Sync? */
  sourceAgain?: SourceAgain;
  /** Does `users` hold what is computed but not connected to the warehouse? */
  unconnectedUsers?: UnconnectedUsers;
  /** How many sources does a space have behind its destinations? */
  backgroundSources?: BackgroundSources;
  /** What are the columns of a storage action whose mapping is Segment's? */
  actionColumns?: ActionColumns;
  /** Where may storage actions write to another schema than the space's? */
  actionSchema?: ActionSchema;
  /** Do storage actions write profile audiences? */
  profileAudienceActions?: ProfileAudienceActions;
  /** Do storage actions write the steps of event-triggered journeys? */
  journeyActions?: JourneyActions;
  /** How many calls does a change of somebody with several identifiers make? */
  callsPerChange?: CallsPerChange;
}

/** Is a number typed as it is written, or as JavaScript hands it on? */
export type Numbers = "asWritten" | "javascript";

/** Which value of the batch that brings a column gives it its type? */
export type ColumnTypeFrom = "lastInBatch" | "firstInBatch";

/** What becomes of a value of another type than its column's? */
export type Mismatch = "cast" | "lose";

/** What becomes of a key that takes the name of one of Segment's own columns? */
export type ReservedColumns = "byWarehouse" | "dropped" | "underscored";

/** How is a key inside an object of `context` written in its column's name? */
export type ContextNesting = "snakeCase" | "asWritten";

/** What becomes of a name that is a reserved word? */
export type ReservedWordNames = "byWarehouse" | "underscored" | "quoted";

/** How long may a text be? */
export type TextLength = "byWarehouse" | "everywhere512";

/** What becomes of a time without a zone? */
export type ZonelessTimes = "text" | "dropped";

/** How is an array written as text? */
export type ArrayText = "json" | "asDocumented";

/** What is the key column of `users` called? */
export type UsersKey = "id" | "userId";

/** What does `null` do to a person's row in `users`? */
export type UsersNull = "keep" | "clear";

/** What becomes of the older traits of somebody not updated for 180 days? */
export type IdleUsers = "forgotten" | "kept";

/** Does `tracks` hold properties? */
export type TracksColumns = "standard" | "properties";

/** Under which key do track calls carry their data? */
export type TrackBody = "properties" | "traits";

/** What does `audience_key` hold? */
export type AudienceKey = "key" | "name";

/** What is the value of a journey's membership? */
export type JourneyMembership = "boolean" | "text";

/** What is the computation class of a computed trait? */
export type TraitClass = "trait" | "computedTrait";

/** Does a workspace on the free plan have a warehouse? */
export type FreePlan = "daily" | "noWarehouse";

/** When do the rows of storage actions land? */
export type StorageActionSyncs = "afterEachRun" | "hourly";

/** What becomes of what came while a source was off in Selective Sync? */
export type SourceAgain = "catchesUp" | "onward";

/** Does `users` hold what is computed but not connected to the warehouse? */
export type UnconnectedUsers = "follows" | "onConnect" | "leftOut";

/** How many sources does a space have behind its destinations? */
export type BackgroundSources = "byInstances" | "eachDestination";

/** What are the columns of a storage action whose mapping is Segment's? */
export type ActionColumns = "mapped" | "wholeEvent";

/** Where may storage actions write to another schema than the space's? */
export type ActionSchema = "onSnowflake" | "everywhere";

/** Do storage actions write profile audiences? */
export type ProfileAudienceActions = "written" | "refused";

/** Do storage actions write the steps of event-triggered journeys? */
export type JourneyActions = "written" | "refused";

/** How many calls does a change of somebody with several identifiers make? */
export type CallsPerChange = "eachIdentifier" | "onePerUser";

/** What a preview holds besides what the scenario says. */
export interface PreviewOptions {
  /** How rows appear among the statements; as literals when absent. */
  loads?: Loads;
  /** The most rows in one statement; as many as the warehouse takes when absent. */
  rowsPerStatement?: number;
  /**
   * Whether a line above each statement says what it does and what made it necessary; it does not
   * when absent.
   */
  comments?: boolean;
  /** Only what has happened by then, and of that what has landed; everything when absent. */
  asOf?: string;
}

/** How rows appear among the statements. */
export type Loads = "insert" | "bulk" | "none";

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
  delivery: DeliveryKind;
  /** The schema its tables are in. */
  schema: string;
  /** The calls sent to it, in order. */
  calls: NumberedCall[];
  /** Its tables, in the order they came. */
  tables: Table[];
  /** The syncs that brought something, or failed to, in the order of time. */
  syncs: Sync[];
  /** What has happened and is in no table yet: its sync is still to come, or never comes. */
  notLanded: NotLanded[];
  /** Further schemas that the space's other destinations make in this warehouse. */
  backgroundSchemas: BackgroundSchema[];
  /** Views that read the tables of all those schemas together. */
  unionViews: Statement[];
  /**
   * The statements that grow an empty warehouse into these tables, in the order a loader runs them.
   */
  statements: Statement[];
  /** Remarks about this destination. */
  diagnostics: Diagnostic[];
}

/** The ways Engage writes to a warehouse, by their word in the contract. */
export type DeliveryKind = "classic" | "storageActions";

/** A call and what made it. */
export interface NumberedCall {
  /** The call. */
  call: SegmentCall;
  /** Index of the change that made it; `null` for a pasted call. */
  change: number | null;
  /** When it happened. */
  at: string;
  /** What emitted it. */
  emitter: Emitter;
  /** Whether the person is a member of the audience that sent it; `null` when it does not say. */
  membership: boolean | null;
  /**
   * Whether its computation is connected to this warehouse; only `users` hears of one that is not.
   */
  connected: boolean;
}

/**
 * What emitted a call, as far as its `context.personas` tells.
 *
 * Sources: <https://segment.com/docs/engage/using-engage-data/>,
 * <https://segment.com/docs/engage/journeys/v1/send-data/>.
 */
export type Emitter =
  | "audience"
  | "linkedAudience"
  | "computedTrait"
  | "journey"
  | "journeyV1"
  | "source";

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
  /** The view without duplicates beside the table, where the warehouse has one. */
  view: DedupeView | null;
}

/** What kind of table it is. */
export type TableKind =
  | "identifies"
  | "users"
  | "tracks"
  | "event"
  | "groups"
  | "accounts"
  | "activation";

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
  /** Whether a computation brought it that is not connected to this warehouse. */
  unconnected: boolean;
}

/** The logical type of a column, the same in every warehouse. */
export type LogicalType = "boolean" | "integer" | "float" | "timestamp" | "varchar" | "json";

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
  /** The row it would be in; `null` where the row itself is not loaded. */
  row: number | null;
  /** The column it would be in; `null` where there is none. */
  column: string | null;
  /** The value as sent; a number that a JavaScript number cannot hold, as its text. */
  value: Json;
  /** The code of the remark that says why. */
  code: string;
}

/** A view that shows one row of each id, and only of the last 60 days. */
export interface DedupeView {
  /** Its name. */
  name: string;
  /** The table's rows it shows at the scenario's present, by index. */
  rows: number[];
}

/** One sync, as the warehouse's sync history shows it. */
export interface Sync {
  /** When it starts; of storage actions, when the run ends. */
  startsAt: string;
  /** What became of it. */
  status: SyncStatus;
  /** Rows loaded into each table, by its name. */
  rows: { [key: string]: number };
  /** Errors and warnings. */
  notices: Diagnostic[];
  /** How many of the next syncs went the same way. */
  repeats: number;
}

/** What became of a sync. */
export type SyncStatus = "success" | "partial" | "failure";

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
  /** The switch of the policy that decided, where Segment's pages disagree. */
  switch: string | null;
}

/** What became of the data. */
export type Severity = "error" | "warning" | "note";

/** A call that has happened and is in no table yet. */
export interface NotLanded {
  /** Index of the call. */
  call: number;
  /** Index of the change; `null` for a pasted call. */
  change: number | null;
  /** Start of the sync that brings it; `null` when none does. */
  landsAt: string | null;
}

/** A schema that a source behind the first makes. */
export interface BackgroundSchema {
  /** Its name, as an illustration: how Segment names it is not published. */
  schema: string;
  /** The destinations its source feeds, by type and number. */
  feeds: string[];
}

/** One statement, in one warehouse's dialect. */
export interface Statement {
  /** What it does. */
  kind: StatementKind;
  /** The table it is about, by name. */
  table: string | null;
  /** The column it adds, by name. */
  column: string | null;
  /** The file it reads, below the place that a person fills in. */
  file: string | null;
  /** Its text, with its semicolon. */
  sql: string;
  /** Index of the call that made it necessary. */
  createdBy: number | null;
}

/** What a statement does. */
export type StatementKind =
  | "createSchema"
  | "createTable"
  | "addColumn"
  | "createView"
  | "load"
  | "upsert"
  | "setup"
  | "delete";

/** What hangs on contested rules and on the order of arrival. */
export interface Robustness {
  /** What another choice of a switch would change; choices that change nothing are left out. */
  switches: SwitchEffect[];
  /** The columns whose type hangs on the order of arrival. */
  order: OrderEffect[];
}

/** What another choice of a switch would change in one table. */
export interface SwitchEffect {
  /** The switch. */
  switch: string;
  /** The other choice. */
  choice: string;
  /** The destination's id. */
  destination: string;
  /** The table, as `schema.table`. */
  table: string;
  /** Its columns that would come, go, or have another type. */
  columns: ColumnEffect[];
  /**
   * The cells that would hold something else, of the rows and columns that stay; the first 1,000.
   */
  cells: CellEffect[];
  /** How many such cells there are. */
  cellCount: number;
  /** The rows that would come or go; the first 1,000. */
  rows: RowEffect[];
  /** How many such rows there are. */
  rowCount: number;
}

/** A column that would come, go, or have another type. */
export interface ColumnEffect {
  /** Its name. */
  column: string;
  /** The type it has; `null` where it would come. */
  usual: LogicalType | null;
  /** The type it would have; `null` where it would go. */
  other: LogicalType | null;
}

/** A cell that would hold something else. */
export interface CellEffect {
  /** Its row, by index among those there are now. */
  row: number;
  /** Its column. */
  column: string;
  /** What it holds. */
  usual: Cell;
  /** What it would hold. */
  other: Cell;
}

/** A row that would come or go. */
export interface RowEffect {
  /** What its key column holds. */
  id: string;
  /** Its index among the rows there are; `null` where it would come. */
  usual: number | null;
  /** Its index among the rows there would be; `null` where it would go. */
  other: number | null;
}

/** A column whose type hangs on the order of arrival. */
export interface OrderEffect {
  /** The destination's id. */
  destination: string;
  /** The table, as `schema.table`. */
  table: string;
  /** The column. */
  column: string;
  /** The type it has. */
  logicalType: LogicalType;
  /** Each other type it could have had. */
  others: Reordering[];
}

/**
 * A smallest change of order that gives a column another type: one swap of calls, or of two keys in
 * one call.
 */
export interface Reordering {
  /** The type it gives. */
  logicalType: LogicalType;
  /** The call that decided, by index. */
  decidedBy: number;
  /**
   * The call that would decide, had the two come in each other's place; the same call where its
   * keys alone decide.
   */
  swappedWith: number;
  /**
   * The two keys that would have to change places in that call, where both have this one column.
   */
  keys: string[] | null;
}

/** How keys are looked over. */
export interface LintOptions {
  /** What the keys are of; audiences when absent. */
  kind?: KeyKind;
  /** How contested rules are decided; each by its default when absent. */
  policy?: Policy;
}

/** What is to be created. */
export type KeyKind = "audience" | "computedTrait" | "event";

/** What a key or event becomes. */
export interface KeyReport {
  /** The key as written. */
  key: string;
  /**
   * Its column in every warehouse that is not an exception; `null` where it has none, and for an
   * event.
   */
  column: string | null;
  /**
   * The event's table in every warehouse that is not an exception; `null` where it has none, and
   * for a key.
   */
  table: string | null;
  /** The warehouses where its column or table is another. */
  exceptions: KeyException[];
  /** What is wrong with it; empty when nothing is. */
  problems: KeyProblem[];
  /** A key without these problems, when there are any. */
  suggestion: string | null;
}

/** A key's column, or an event's table, in one warehouse. */
export interface KeyException {
  /** The warehouse. */
  warehouse: WarehouseId;
  /** The key's column there; `null` where it has none. */
  column: string | null;
  /** The event's table there; `null` where it has none. */
  table: string | null;
}

/** What is wrong with a key. */
export interface KeyProblem {
  /** Kebab-case name from the register of codes. */
  code: string;
  /** What becomes of the key's values. */
  severity: Severity;
  /** One sentence of fact. */
  message: string;
  /** The other key it is about. */
  other: string | null;
  /** The warehouses it is about; every one asked for when empty. */
  warehouses: WarehouseId[];
}

/** How to connect one warehouse. */
export interface Setup {
  /** The warehouse. */
  warehouse: WarehouseId;
  /** What connecting it takes, in the order of Segment's form. */
  fields: SetupField[];
  /** What to run, where, in order; each is one text to copy. */
  scripts: SetupScript[];
  /** The statements among them, one by one. */
  statements: Statement[];
  /** What else the warehouse may be prepared for. */
  further: FurtherSetup[];
  /** What stands in the scripts for a value that was not given. */
  placeholders: Placeholder[];
  /** Segment's addresses, where the warehouse keeps strangers out. */
  allowList: AllowList | null;
  /** What to do in Engage, for each delivery that the warehouse takes. */
  checklists: Checklist[];
  /** Errors that Segment shows where syncs fail, and what to do. */
  errors: WarehouseError[];
  /** What is worth knowing before. */
  notes: SetupNote[];
  /** Segment's page on it. */
  docs: string;
}

/** A value that connecting takes. */
export interface SetupField {
  /** Its name. */
  name: string;
  /** Its label in Segment's form; `null` for what only the scripts need. */
  label: string | null;
  /** What it is. */
  meaning: string;
  /** Its value as given, or what it usually is; `null` for what is secret or not known. */
  value: string | null;
  /** Whether it is shown nowhere but where a statement sets it. */
  secret: boolean;
}

/** Steps that run in one place, as one text. */
export interface SetupScript {
  /** What it is written in. */
  language: "sql" | "shell";
  /** Where it runs, and as whom. */
  place: string;
  /** Its text, with what each step does and what each placeholder stands for as comments. */
  text: string;
}

/** Something that a warehouse may be prepared for besides Segment's loads. */
export interface FurtherSetup {
  /** What for. */
  purpose: string;
  /** The values its scripts take besides those of the form. */
  fields: SetupField[];
  /** What to run, where, in order; each is one text to copy. */
  scripts: SetupScript[];
  /** The statements among them, one by one. */
  statements: Statement[];
  /** The page that it follows. */
  docs: string;
}

/** What stands in a script for a value that was not given. */
export interface Placeholder {
  /** As it stands there: `<password>`. */
  text: string;
  /** What to put in its place. */
  meaning: string;
}

/** Segment's addresses and where to let them in. */
export interface AllowList {
  /** Where the warehouse keeps strangers out. */
  place: string;
  /** The ranges. */
  ranges: AddressRange[];
  /** Who says so. */
  docs: string;
}

/** A range of addresses that Segment connects from. */
export interface AddressRange {
  /** The region of the workspace. */
  region: Region;
  /** As in `34.223.203.0/28`. */
  cidr: string;
  /** Its first address. */
  first: string;
  /** Its last address. */
  last: string;
}

/** The region of a workspace. */
export type Region = "us" | "eu";

/** The steps for one delivery. */
export interface Checklist {
  /** How Engage writes to the warehouse. */
  delivery: "classic" | "storageActions";
  /** The steps, in order. */
  steps: ChecklistStep[];
  /** The page they follow. */
  docs: string;
}

/** One step. */
export interface ChecklistStep {
  /** What to do. */
  text: string;
  /** The choice that leads to it; `null` when every choice does. */
  when: string | null;
}

/** An error that Segment shows where a warehouse's syncs fail. */
export interface WarehouseError {
  /** What it says. */
  says: string;
  /** What it means. */
  means: string;
  /** What to do. */
  action: string;
  /** Who says so. */
  docs: string;
}

/** Something worth knowing. */
export interface SetupNote {
  /** The fact. */
  text: string;
  /** Who says so. */
  docs: string;
}

/** What was found in a text, ready to be put into a scenario. */
export interface Recognised {
  /** What was found, in the order it first came; empty where nothing was. */
  found: Found[];
  /** Computations: what a listing or a list of names has. */
  computations: Computation[];
  /** Changes, numbers as written. */
  changes: Change[];
  /** Segment calls, as pasted. */
  calls: SegmentCall[];
  /** What could not be read, in the order of the text. */
  faults: TextFault[];
}

/** How many of one kind were found. */
export interface Found {
  /** The kind. */
  kind: FoundKind;
  /** How many. */
  count: number;
}

/** A kind of thing that a text may hold. */
export type FoundKind =
  | "scenario"
  | "call"
  | "change"
  | "computation"
  | "listedAudience"
  | "listedTrait"
  | "name";

/** Something in a text that could not be read, where the rest of it could. */
export interface TextFault {
  /** Its line, from 1. */
  line: number;
  /** Its column in characters, from 1. */
  column: number;
  /** Permanent kebab-case name from the register of codes. */
  code: string;
  /** One sentence of fact. */
  message: string;
  /** One action. */
  help: string | null;
}

/** The changes of a text of lines, and the lines that are none. */
export interface ParsedChanges {
  /** The changes, in order, as the contract has them; numbers are as written. */
  changes: Change[];
  /** What could not be read, and why. */
  faults: TextFault[];
}

/** How to remove a person from every warehouse of a scenario. */
export interface Deletion {
  /** By what the person is known. */
  person: Identifiers;
  /** What to do before the statements run. */
  first: string;
  /** The warehouses, in the order of the scenario. */
  destinations: DestinationDeletion[];
}

/** By what a person is known. */
export interface Identifiers {
  /** User ids: the one asked for, and those of the same profile. */
  userIds: string[];
  /** Anonymous ids of the profile, and those that no calls of a user but the person's have. */
  anonymousIds: string[];
  /** E-mail addresses of the profile, and those that no calls of a user but the person's have. */
  emails: string[];
  /**
   * Advertising ids of the profile's devices, and those that no calls of a user but the person's
   * have.
   */
  advertisingIds: string[];
}

/** How to remove a person from one warehouse. */
export interface DestinationDeletion {
  /** The destination's id. */
  id: string;
  /** Its warehouse. */
  warehouse: WarehouseId;
  /** The schema. */
  schema: string;
  /** The statements that remove the person, in order. */
  removals: Removal[];
  /** What no statement can decide. */
  byHand: ByHand[];
  /**
   * The calls that name the person and are in no table yet: what they bring comes after the
   * statements, which have to run again then.
   */
  notLanded: NotLanded[];
  /** The same for the further schemas that the space's other destinations make. */
  backgroundSchemas: BackgroundDeletion[];
  /**
   * Whether Segment's own deletion request does the same, and what the warehouse keeps for a while.
   */
  erasure: Erasure;
}

/** One statement that removes a person, and what it does to the previewed rows. */
export interface Removal {
  /** The statement. */
  statement: Statement;
  /** What it goes by. */
  matches: string;
  /** The column it empties; `null` where rows go. */
  column: string | null;
  /** The rows of the previewed table that it removes or changes, by index. */
  rows: number[];
}

/** Rows of others that may mention the person: somebody has to look. */
export interface ByHand {
  /** The table. */
  table: string;
  /** Why no statement decides. */
  reason: string;
  /** The query that finds them, once the statements have run. */
  sql: string;
  /** Those among the previewed rows, by index. */
  rows: number[];
}

/**
 * How to remove a person from a further schema of the space.
 *
 * Its source carries what its own destinations get, so which tables and columns it has is not
 * known: the statements go by Segment's own columns, which every table has.
 */
export interface BackgroundDeletion {
  /** The schema. */
  schema: string;
  /** The statements, one for each table of the first schema; to be run where the table is there. */
  statements: Statement[];
}

/** What becomes of a person's data when it is deleted. */
export interface Erasure {
  /**
   * Whether Segment's own deletion requests reach it:
   * <https://segment.com/docs/privacy/user-deletion-and-suppression/>.
   */
  bySegment: boolean;
  /** What the warehouse itself keeps of deleted rows, and until when. */
  remains: string;
  /** Who says so. */
  docs: string;
}

/** The way to send a computation to a warehouse, and the sentence that says why. */
export interface Recommendation {
  /** The way; `null` where there is none. */
  delivery: DeliveryKind | null;
  /** Why, in a sentence. */
  reason: string;
  /** The page that says so. */
  docs: string;
}

/** What moving a scenario's classic destinations to storage actions means. */
export interface Migration {
  /** Each classic destination that can move. */
  twins: Twin[];
  /** Why others cannot. */
  diagnostics: Diagnostic[];
}

/** A classic destination and its twin. */
export interface Twin {
  /** The destination's id. */
  destination: string;
  /** The activations that write the twin. */
  activations: Activation[];
  /** What classic storage writes. */
  classic: DestinationPreview;
  /** What storage actions write for the same changes. */
  storageActions: DestinationPreview;
  /** Each classic table against its view. */
  parity: TableParity[];
  /** The views, to be made in the twin's schema. */
  views: Statement[];
}

/** A classic table against its view. */
export interface TableParity {
  /** The table. */
  table: string;
  /** Whether there is a view of its name. */
  hasView: boolean;
  /** Each of its columns. */
  columns: ColumnParity[];
  /** What to know of its rows; where there is no view, why not. */
  note: string | null;
}

/** A column of a classic table against the view's. */
export interface ColumnParity {
  /** The column. */
  column: string;
  /** Whether the view has it. */
  hasEquivalent: boolean;
  /** Why not, or how it differs; where the table has no view, the table says why. */
  note: string | null;
}

/**
 * What is asked about. What is left out is not part of the question: a table and a column without a
 * row are a column.
 */
export interface ExplainTarget {
  /** The destination's id; the first destination when absent. */
  destination?: string;
  /** The table's name, with its schema or without. */
  table?: string;
  /** The row, by index. */
  row?: number;
  /** The column's name. */
  column?: string;
  /** One of the table's losses, by its place in `lost`. */
  lost?: number;
  /**
   * A statement that makes a table or column, by its place among the statements of a preview
   * without rows.
   */
  statement?: number;
  /** A remark about the destination, by its place in `diagnostics`. */
  diagnostic?: number;
}

/** Why something is as it is. */
export interface Explanation {
  /** What is explained, in a few words. */
  title: string;
  /** The steps that led to it, in order. */
  steps: ExplainedStep[];
}

/** One step on the way. */
export interface ExplainedStep {
  /** What kind of step it is. */
  kind: ExplainedKind;
  /** What happens in it, in a sentence. */
  says: string;
  /** What it starts from: a key, a name, a value. */
  before: string | null;
  /** What it gives. */
  after: string | null;
  /** The rule, in a sentence. */
  rule: string | null;
  /** The page that says so. */
  source: string | null;
  /** The switch of the policy that decides, where pages disagree. */
  switch: string | null;
  /** The code of a remark. */
  code: string | null;
  /** Index of the change it is about. */
  change: number | null;
  /** Index of the call it is about. */
  call: number | null;
  /** Indexes of the older calls, where one is the latest of several; the first 100. */
  older: number[];
  /** Index of the statement it is about, among those of a preview without rows. */
  statement: number | null;
  /** The table it leads to, as `schema.table`. */
  table: string | null;
  /** The column it leads to. */
  column: string | null;
}

/** The kinds of steps. */
export type ExplainedKind =
  | "change"
  | "call"
  | "path"
  | "name"
  | "type"
  | "value"
  | "latest"
  | "missing"
  | "row"
  | "statement"
  | "remark";

/** What changes from one scenario to another. */
export interface Plan {
  /** The destinations of both, matched by id: first those that stay or come, then those that go. */
  destinations: DestinationPlan[];
}

/** What changes in one warehouse. */
export interface DestinationPlan {
  /** The destination's id. */
  id: string;
  /** What becomes of it. */
  fate: Fate;
  /** Its tables that change, in the order they came. */
  tables: TablePlan[];
  /** The statements that make what comes, in the order a loader runs them. */
  statements: Statement[];
  /** What a query of the old tables no longer finds, or finds otherwise. */
  queries: BrokenQuery[];
  /** What to think of before going on. */
  warnings: PlanWarning[];
}

/** What becomes of a destination, table or column. */
export type Fate = "same" | "added" | "changed" | "orphaned";

/** What changes in one table. */
export interface TablePlan {
  /** The table, as `schema.table`. */
  table: string;
  /** What becomes of it. */
  fate: Fate;
  /** Its columns that come, change or are left behind. */
  columns: ColumnPlan[];
}

/** What changes in one column. */
export interface ColumnPlan {
  /** Its name. */
  column: string;
  /** What becomes of it. */
  fate: Fate;
  /** What it is before; `null` where it comes. */
  before: ColumnFacts | null;
  /** What it is after; `null` where it is left behind. */
  after: ColumnFacts | null;
}

/** What a plan compares of a column. */
export interface ColumnFacts {
  /** Its type, the same in every warehouse. */
  logicalType: LogicalType;
  /** Its type in the warehouse's words. */
  type: string;
  /** Whether a row may leave it empty. */
  nullable: boolean;
  /** Where its values come from. */
  source: string;
}

/** What a query no longer finds, or finds otherwise. */
export interface BrokenQuery {
  /** The table it reads, as `schema.table`. */
  table: string;
  /** The column it reads; `null` for any query of the table. */
  column: string | null;
  /** Why it breaks. */
  why: string;
}

/** What to think of before going on. */
export interface PlanWarning {
  /** What kind of risk it is. */
  risk: Risk;
  /** One sentence of fact. */
  message: string;
  /** One action. */
  help: string;
  /** The table, as `schema.table`. */
  table: string;
  /** The column. */
  column: string | null;
}

/** The kinds of risk. */
export type Risk = "newSchema" | "eventRenamed" | "keyChanged" | "typeFrozen";

/** A question, and the query that answers it. */
export interface Question {
  /** Its name, the same whenever the same is asked: `members-now.vip`. */
  id: string;
  /** The question. */
  title: string;
  /** What the query does, and what to make of its answer. */
  explains: string;
  /** The query. */
  sql: string;
  /** The columns it reads, as in `users.vip`. */
  needs: string[];
}

/** What is asked for: the rows of a table, or without one the calls of a destination. */
export interface ExportOptions {
  /** The destination's id; the first destination when absent. */
  destination?: string;
  /** The table's name, with its schema or without; the calls are meant when absent. */
  table?: string;
  /** How they are written; as NDJSON when absent, which is the only way to write calls. */
  format?: Format;
  /**
   * What becomes of text in CSV that a spreadsheet would run as a formula; it stays as it is when
   * absent.
   */
  formulas?: Formulas;
}

/** How rows are written. */
export type Format = "ndjson" | "csv";

/** What becomes of text that a spreadsheet would run as a formula. */
export type Formulas = "kept" | "defused";

/** A scenario without identifiers. */
export interface Scrubbed {
  /** The scenario, as JSON text. */
  scenario: string;
  /**
   * How many different identifiers have a stand-in, by what they are; kinds of which there are none
   * are left out.
   */
  replaced: Replaced[];
}

/** How many identifiers of a kind have a stand-in. */
export interface Replaced {
  /** What they are. */
  kind: IdentifierKind;
  /** How many. */
  count: number;
}

/** What an identifier is. */
export type IdentifierKind =
  | "userId"
  | "anonymousId"
  | "accountId"
  | "email"
  | "phone"
  | "externalId"
  | "personal";

/** One contested rule. */
export interface Switch {
  /** Its name in a scenario's `policy`. */
  id: string;
  /** What it decides. */
  question: string;
  /** What it may be set to; the first is the default. */
  choices: Choice[];
  /** Why the default is the default. */
  reason: string;
}

/** One way to decide a contested rule. */
export interface Choice {
  /** Its word in a scenario's `policy`. */
  name: string;
  /** What happens then. */
  meaning: string;
  /** Who says so. */
  source: string;
}

/** All that makes one warehouse different from another. */
export interface WarehouseFacts {
  /** Its word in the contract. */
  id: WarehouseId;
  /** Its name as its vendor writes it. */
  name: string;
  /** Who has run or read its statements; a kind of statement that is in none is not checked. */
  badges: Badge[];
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
  /** The type a text column can be widened to, where it is another than the one it begins with. */
  widestText: string | null;
  /** How much text the key column `id` takes. */
  keyTextLimit: TextLimit;
  /** The columns its loader fills for itself. */
  bookkeeping: Bookkeeping[];
  /** What becomes of a name that starts with a digit. */
  leadingDigit: LeadingDigit;
  /** Its reserved words and what becomes of a name that is one. */
  reservedWords: ReservedWords;
  /** Names it refuses even quoted, in lower case with a space between. */
  refusedNames: string[];
  /** What becomes of a key that takes the name of one of Segment's own columns. */
  standardNames: StandardNames;
  /** How a schema is made only where there is none. */
  createSchema: CreateSchema;
  /** How a column is added. */
  addColumn: AddColumn;
  /** What a table has besides columns. */
  tableLayout: TableLayout;
  /** What becomes of a call that arrives twice. */
  duplicates: Duplicates;
  /** The most columns a table may have, where the vendor says. */
  columnLimit: number | null;
  /** How large a row may be, where the vendor says. */
  rowLimit: RowLimit | null;
  /** Whether a statement may name the database, project or catalog its schema is in. */
  catalogs: Catalogs;
  /** How a text is looked for in another. */
  textSearch: TextSearch;
  /** What becomes of a person's data when it is deleted. */
  erasure: Erasure;
  /** Which schema storage actions write to. */
  schemaChoice: SchemaChoice;
  /** How a statement writes a text. */
  textLiteral: TextLiteral;
  /** Whether a text may hold a NUL. */
  nul: Nul;
  /** How a statement writes `false` and `true`. */
  booleanLiteral: BooleanLiteral;
  /** How a statement writes a double. */
  floatLiteral: FloatLiteral;
  /** How a statement writes an instant. */
  timestampLiteral: TimestampLiteral;
  /** How a statement writes rows. */
  insert: Insert;
  /** How much a statement may hold. */
  statementLimits: StatementLimits;
  /** How rows take the place of those with the same key. */
  upsert: Upsert;
  /** How files are loaded. */
  bulk: Bulk;
  /** The whole seconds from `{from}` to `{to}`. */
  secondsBetween: string;
  /** The field `{name}` of the JSON object in `{column}`, as a text. */
  jsonField: string;
  /**
   * The first item of the array in the field `{name}` of the JSON object in `{column}`, as JSON
   * text.
   */
  jsonFirst: string;
}

/**
 * Somebody who checked every statement of some kinds, as Tablecast's own tests put them to engines
 * and parsers.
 */
export interface Badge {
  /** The engine or parser, with its version. */
  checker: string;
  /** What it does with a statement. */
  how: How;
  /**
   * The kinds it checked; the statement that loads a file is `fileLoad`, what stands around it
   * (tables to load into, merges) `bulkLoad`, a ready-made query `question`.
   */
  statements: (StatementKind | "fileLoad" | "bulkLoad" | "question")[];
  /** How much it rests on. */
  figures: BadgeFigures;
  /** Where it is known to differ from the warehouse. */
  differences: string[];
}

/** What somebody does with a statement to check it. */
export type How = "executed" | "analysed" | "parsed";

/** How much a badge rests on, as all checkers said it when they were run last. */
export interface BadgeFigures {
  /** The statements it checked, ready-made queries aside. */
  statements: number;
  /** Of the project's scenarios. */
  scenarios: Share;
  /** Of the stories with hostile names and values. */
  hostile: Share;
  /**
   * Of all other stories: generated, loaded from files or in small batches, moved to storage
   * actions.
   */
  others: Share;
}

/** How many of how many stories a checker was given. */
export interface Share {
  /** Those it was given: all, or a sample where it is slow. */
  run: number;
  /** Those there are. */
  of: number;
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
export type TextLimit =
  | { kind: "none" }
  | { kind: "characters"; most: number }
  | { kind: "bytes"; most: number }
  | { kind: "utf16Units"; most: number };

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

/**
 * What becomes of a call that arrives twice, by its message id.
 *
 * Source: <https://segment.com/docs/guides/duplicate-data/>.
 */
export type Duplicates = "removed" | "removedInViews";

/** How large a row may be. */
export interface RowLimit {
  /** The most bytes in a row. */
  bytes: number;
  /** The bytes a text takes in the row at most, where longer ones are kept elsewhere. */
  textBytes: number | null;
}

/** Whether a statement may name what a schema is in. */
export type Catalogs = "named" | "connected";

/** How a text is looked for in another, letter by letter. */
export type TextSearch = "positionIn" | "strpos" | "locate" | "charindexBinary";

/**
 * Which schema storage actions write to.
 *
 * Source:
 * <https://github.com/segmentio/action-destinations/tree/main/packages/warehouse-destinations/src/destinations>.
 */
export type SchemaChoice = "space" | "existing";

/** How a statement writes a text, so that it reads back as it was and ends where it ends. */
export type TextLiteral =
  | "quotesDoubled"
  | "backslashesDoubled"
  | "escaped"
  | "escapedWithoutVariables"
  | "national";

/** Whether a text may hold a NUL. */
export type Nul = "kept" | "removed";

/** How a statement writes a boolean. */
export type BooleanLiteral = "word" | "digit";

/** How a statement writes a double so that no digit is lost. */
export type FloatLiteral = "point" | "exponent" | "cast";

/** How a statement writes an instant. */
export interface TimestampLiteral {
  /** The word before the text; without one it is a text, and the column makes it an instant. */
  word: string | null;
  /** What stands between the date and the time. */
  separator: string;
  /** The zone after the time, where the type has one. */
  zone: string;
}

/** How a statement writes rows. */
export type Insert = "values" | "unionAll";

/** How much a statement may hold. */
export interface StatementLimits {
  /** The most rows. */
  rows: number;
  /** The most bytes of text, where the vendor says. */
  bytes: number | null;
}

/** How rows take the place of those with the same key. */
export type Upsert =
  | "mergeValues"
  | "mergeSelect"
  | "mergeStructs"
  | "mergeStage"
  | "updateThenInsert";

/**
 * How files are loaded: into a table like the one they are for, and from there as the table takes
 * them.
 *
 * In the statements `{stage}` and `{table}` are the two, `{into}` is the one the files go into, and
 * `{file}` the place of a file below what its reader fills in between angle brackets. `{columns}`,
 * `{casts}` and `{definitions}` are the columns that the files have.
 */
export interface Bulk {
  /** Makes the table for the files. */
  stage: string;
  /** Where that table is. */
  place: StagePlace;
  /** Loads the files. */
  load: string;
}

/** Where a table for files is. */
export type StagePlace = "session" | "schema";
