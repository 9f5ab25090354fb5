"""sqlfluff, a strict parser of every dialect."""


import sqlfluff
from sqlfluff.core import FluffConfig, Linter

from protocol import Reader, main

# Statements that are longer cost it seconds each, and it gives up on some.
LONGEST = 6_000


class SqlFluff(Reader):
    name = "sqlfluff"
    dialect = ""
    most_of_a_kind = 40
    one_in = {"generated": 4}

    def __init__(self):
        super().__init__()
        overrides = {"dialect": self.dialect, "templater": "raw", "large_file_skip_byte_limit": 0}
        self.linter = Linter(config=FluffConfig(overrides=overrides))

    def version(self):
        return sqlfluff.__version__

    def is_new(self, statement):
        return len(statement["sql"]) <= LONGEST and super().is_new(statement)

    def read(self, sql):
        faults = self.linter.parse_string(f"{sql}\n").violations
        if faults:
            raise ValueError("; ".join(f"line {fault.line_no}: {fault.desc()}" for fault in faults))


def of(name, dialect_name, **facts):
    return type(f"SqlFluff_{name}", (SqlFluff,), {"warehouse": name, "dialect": dialect_name, **facts})


ALL = [
    of("snowflake", "snowflake"),
    of("bigquery", "bigquery"),
    of("redshift", "redshift"),
    of("databricks", "databricks"),
    of("postgres", "postgres"),
    of("azureSynapse", "tsql"),
    of("azureSql", "tsql"),
    of("db2", "db2"),
    of("duckdb", "duckdb"),
]

if __name__ == "__main__":
    main(*ALL)
