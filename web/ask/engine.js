// A PostgreSQL of one's own: what is asked of it, and what it answers, each value as text.

import { PGlite } from "@electric-sql/pglite";

import { asWritten } from "./values.js";

/** A database, started. `parts` are its two wasm modules and its files, where they are not to be found by themselves. */
export async function start(parts = {}) {
  const database = await PGlite.create(parts);
  // Values stay as PostgreSQL writes them: a number of 64 bits is none of JavaScript's.
  for (const type of Object.keys(database.parsers)) database.parsers[type] = (text) => text;
  await database.exec("SET TIME ZONE 'UTC'; SET datestyle TO ISO; SET client_min_messages TO notice");
  return database;
}

/** Takes everything out that was put in. */
export async function empty(database) {
  await database.exec("ROLLBACK; RESET search_path");
  const [{ rows }] = await database.exec(
    "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
    { rowMode: "array" },
  );
  for (const [schema] of rows) await database.exec(`DROP SCHEMA ${schema} CASCADE`);
  await database.exec("CREATE SCHEMA public");
}

/** Runs a script in an empty database, telling after each statement how many are done. */
export async function load(database, { statements, schema }, onStep = () => {}) {
  await empty(database);
  for (const [place, statement] of statements.entries()) {
    try {
      await database.exec(statement);
    } catch (error) {
      error.statement = place;
      throw error;
    }
    onStep(place + 1);
  }
  // Tables go by their own names too.
  const path = `"${schema.replaceAll('"', '""')}", public`;
  await database.exec(`SELECT set_config('search_path', '${path.replaceAll("'", "''")}', false)`);
}

/** Asks; the answer is that of the last statement that gives rows, or else what the last one did. */
export async function ask(database, sql) {
  const notices = [];
  const onNotice = ({ severity, message }) => notices.push(`${severity}: ${message}`);
  const began = performance.now();
  const results = await database.exec(sql, { rowMode: "array", onNotice });
  const milliseconds = performance.now() - began;
  const last = results.findLast(({ fields }) => fields.length > 0) ?? results.at(-1);
  const fields = last.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  const written = fields.map(({ type }) => asWritten(type));
  for (const row of last.rows) {
    for (const [place, write] of written.entries()) {
      if (write && row[place] !== null) row[place] = write(row[place]);
    }
  }
  return { fields, rows: last.rows, command: last.command ?? "", affected: last.rowCount ?? 0, milliseconds, notices };
}

/** What went wrong, in PostgreSQL's own words; its position as JavaScript counts, in units of UTF-16. */
export function fault(error, sql) {
  const { message, detail, hint, code, position, statement } = error;
  const characters = position === undefined || sql === undefined ? null : Number(position) - 1;
  return {
    message: String(message ?? error),
    detail: detail ?? null,
    hint: hint ?? null,
    code: code ?? null,
    position: characters === null ? null : [...sql].slice(0, characters).join("").length,
    statement: statement ?? null,
  };
}
