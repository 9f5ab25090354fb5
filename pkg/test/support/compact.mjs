/** The tables of a destination as the source document prints them: a heading, then the rows of the compact view. */
export const compactTables = ({ tables }) =>
  Object.fromEntries(
    tables.map(({ schema, name, columns, compact, rows }) => {
      const shown = compact.map(({ column }) => columns.findIndex(({ name }) => name === column));
      const cells = rows.map((row) => shown.map((index) => row[index]));
      return [`${schema}.${name}`, [compact.map(({ label }) => label), ...cells]];
    }),
  );

/** The error a call throws. */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
