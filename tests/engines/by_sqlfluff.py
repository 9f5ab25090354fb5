"""sqlfluff, a strict parser of every dialect."""


import sqlfluff
from sqlfluff.core import FluffConfig, Linter

from protocol import Gap, Reader, main

# Statements that are longer cost it seconds each, and it gives up on some.
LONGEST = 6_000


class SqlFluff(Reader):
    name = "sqlfluff"
    dialect = ""
    # How statements begin that it does not know, each with the reason.
    unknown = {}
    most_of_a_kind = 10
    one_in = {"scenarios": 2, "bulk loads": 6, "moved": 6, "small batches": 6, "generated": 6, "hostile": 8}

    def __init__(self):
        super().__init__()
        overrides = {"dialect": self.dialect, "templater": "raw", "large_file_skip_byte_limit": 0}
        self.linter = Linter(config=FluffConfig(overrides=overrides))

    def known_gaps(self):
        return [Gap(f"^{begins}", None, reason) for begins, reason in self.unknown.items()]

    def version(self):
        return sqlfluff.__version__

    def is_new(self, statement):
        return len(statement["sql"]) <= LONGEST and super().is_new(statement)

    def read(self, sql):
        faults = self.linter.parse_string(f"{sql}\n").violations
        if faults:
            raise ValueError("; ".join(f"line {fault.line_no}: {fault.desc()}" for fault in faults))


EXTERNAL = r"INSERT INTO \S+ \([^)]*\)\nSELECT \* FROM EXTERNAL "


def of(name, dialect_name, **facts):
    return type(f"SqlFluff_{name}", (SqlFluff,), {"warehouse": name, "dialect": dialect_name, **facts})


ALL = [
    of("snowflake", "snowflake"),
    of("bigquery", "bigquery"),
    of("redshift", "redshift"),
    of("databricks", "databricks", unknown={"COPY INTO ": "it does not know `COPY INTO`, which is left out"}),
    of("postgres", "postgres"),
    of("azureSynapse", "tsql", unknown={"COPY INTO ": "it does not know the columns of `COPY INTO`, which is left out"}),
    of("azureSql", "tsql"),
    of(
        "db2",
        "db2",
        unknown={
            EXTERNAL: "it does not know the columns of an external table, which is left out",
            r"GRANT CONNECT, ": "it does not know the privileges on a database, which are left out",
        },
    ),
    of(
        "duckdb",
        "duckdb",
        unknown={
            r'CREATE TEMP TABLE "\w+" AS FROM ': "it does not know `FROM` without `SELECT`, which is left out",
            "COPY ": "it does not know the options of `COPY`, which is left out",
        },
    ),
]

if __name__ == "__main__":
    main(*ALL)
