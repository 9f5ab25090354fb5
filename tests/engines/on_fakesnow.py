"""fakesnow for Snowflake: its connector and its SQL, executed by DuckDB."""

import importlib.metadata
import logging
import re

import fakesnow
import snowflake.connector

from protocol import Engine, Gap, main, micros, schemas_of

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


class FakeSnow(Engine):
    name = "fakesnow"
    warehouse = "snowflake"
    replaces_file_loads = True
    one_in = {"scenarios": 2, "bulk loads": 8, "moved": 12, "small batches": 6, "generated": 6, "hostile": 10}
    beyond = {"setup": "warehouses, roles, users and grants are not made"}
    differs = [
        "it takes more than Snowflake does, and ignores the case of names",
        "the rows of a staged file are inserted, in place of `COPY INTO`",
    ]

    def known_gaps(self):
        return [Gap(r"^CREATE TEMPORARY TABLE ", "CREATE TABLE ", "temporary tables of a schema are not temporary")]

    def __init__(self):
        super().__init__()
        self.patch = fakesnow.patch()
        self.patch.__enter__()
        self.cursor = snowflake.connector.connect(database="TABLECAST", schema="PUBLIC").cursor()
        self.databases = set()

    def version(self):
        return importlib.metadata.version("fakesnow")

    def begin(self, case):
        database = case["catalog"]
        if database and database not in self.databases:
            self.databases.add(database)
            self.cursor.execute(f'CREATE DATABASE "{database}"')
        self.place = f'"{database or "TABLECAST"}"."{case["schema"]}"'
        for schema in schemas_of(case):
            self.cursor.execute(f'DROP SCHEMA IF EXISTS "{database or "TABLECAST"}"."{schema}"')
        # Whoever makes a database or a schema is in it from then on.
        self.cursor.execute('USE SCHEMA "TABLECAST"."PUBLIC"')

    def execute(self, sql):
        self.cursor.execute(sql)

    def ask(self, sql):
        return self.cursor.execute(sql).fetchall()

    def load(self, sql, file):
        stage = re.match(r"COPY INTO (\S+)\n", sql)[1]
        names = ", ".join(f'"{column["name"]}"' for column in file["columns"])
        places = ", ".join("%s" for _ in file["columns"])
        for row in file["rows"]:
            cells = [
                int(cell) if column["logicalType"] == "integer" and cell is not None else cell
                for cell, column in zip(row, file["columns"])
            ]
            self.cursor.execute(f"INSERT INTO {stage} ({names}) VALUES ({places})", cells)

    def rows(self, schema, table, columns):
        names = ", ".join(f'"{column["name"]}"' for column in columns)
        rows = self.cursor.execute(f'SELECT {names} FROM {self.place}."{table}"').fetchall()
        return [[read(cell, column) for cell, column in zip(row, columns)] for row in rows]

    def catalog(self, schema):
        return self.cursor.execute(
            "SELECT table_name, ordinal_position, column_name, data_type, is_nullable"
            f" FROM information_schema.columns WHERE table_schema = '{schema}' ORDER BY 1, 2"
        ).fetchall()

    def close(self):
        self.patch.__exit__(None, None, None)


def read(cell, column):
    if cell is None:
        return None
    if column["logicalType"] == "timestamp":
        return micros(cell.isoformat(sep=" "))
    return cell


if __name__ == "__main__":
    main(FakeSnow)
