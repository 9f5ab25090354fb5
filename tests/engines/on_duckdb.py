"""DuckDB, in memory."""

import duckdb

from protocol import Engine, fault_of, main, schemas_of


class DuckDb(Engine):
    name = "DuckDB"
    warehouse = "duckdb"

    def __init__(self):
        super().__init__()
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("CREATE TABLE canary AS SELECT true AS sings")

    def version(self):
        return duckdb.__version__

    def begin(self, case):
        for schema in schemas_of(case):
            self.connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')

    def execute(self, sql):
        self.connection.execute(sql)

    def ask(self, sql):
        return self.connection.execute(sql).fetchall()

    def rows(self, schema, table, columns):
        def selected(column):
            name = f'"{column["name"]}"'
            return f"epoch_us({name})" if column["logicalType"] == "timestamp" else name

        return self.connection.execute(
            f'SELECT {", ".join(map(selected, columns))} FROM "{schema}"."{table}"'
        ).fetchall()

    def catalog(self, schema):
        return self.connection.execute(
            "SELECT table_name, column_index, column_name, data_type, is_nullable"
            " FROM duckdb_columns() WHERE schema_name = ? ORDER BY 1, 2",
            [schema],
        ).fetchall()

    def refuses(self, word):
        sql = f"CREATE OR REPLACE TEMP TABLE bare ({word} INTEGER)"
        return fault_of(lambda: self.connection.execute(sql)) is not None

    def canary(self):
        if self.connection.execute("SELECT sings FROM main.canary").fetchall() != [(True,)]:
            raise AssertionError("the canary does not sing")


if __name__ == "__main__":
    main(DuckDb)
