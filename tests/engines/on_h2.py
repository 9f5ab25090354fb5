"""H2 in the modes in which it reads the SQL of SQL Server and of Db2."""

import os
import pathlib
import re

import jpype

from protocol import FILE, Engine, Gap, like_as_select, main, micros


class H2(Engine):
    name = "H2"
    url = ""
    replaces_file_loads = True
    beyond = {"setup": "logins, users and grants are not made"}

    def __init__(self):
        super().__init__()
        if not jpype.isJVMStarted():
            jar = next(pathlib.Path(os.environ["TABLECAST_ENGINES"]).glob("h2-*.jar"))
            jpype.startJVM("-Xmx1g", "-Duser.timezone=UTC", classpath=[str(jar)])
        self.driver = jpype.JClass("org.h2.Driver")()
        self.properties = jpype.JClass("java.util.Properties")()
        self.connection = None
        self.begin(None)

    def version(self):
        return str(self.connection.getMetaData().getDatabaseProductVersion()).split(" ")[0]

    def begin(self, case):
        # A database in memory is gone with its last connection.
        if self.connection:
            self.connection.close()
        self.connection = self.driver.connect(self.url, self.properties)
        self.statement = self.connection.createStatement()

    def execute(self, sql):
        try:
            self.statement.execute(sql)
        except jpype.JException as error:
            raise RuntimeError(str(error.getMessage())) from None

    def load(self, sql, file):
        place = re.match(self.loader, sql)[1]
        path = self.written(FILE.search(sql), file)
        names = ", ".join(f'"{column["name"]}"' for column in file["columns"])
        options = "charset=UTF-8 caseSensitiveColumnNames=true preserveWhitespace=true"
        self.execute(f"INSERT INTO {place} ({names}) SELECT * FROM CSVREAD('{path}', NULL, '{options}')")

    def ask(self, sql):
        try:
            return self.query(sql)
        except jpype.JException as error:
            raise RuntimeError(str(error.getMessage())) from None

    def query(self, sql):
        found = self.statement.executeQuery(sql)
        width = found.getMetaData().getColumnCount()
        rows = []
        while found.next():
            cells = [found.getString(index) for index in range(1, width + 1)]
            rows.append([None if cell is None else str(cell) for cell in cells])
        return rows

    def rows(self, schema, table, columns):
        names = ", ".join(f'"{column["name"]}"' for column in columns)
        rows = self.query(f'SELECT {names} FROM "{schema}"."{table}"')
        return [[read(cell, column) for cell, column in zip(row, columns)] for row in rows]

    def catalog(self, schema):
        columns = "TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE"
        return self.query(
            f"SELECT {columns} FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = '{schema}' ORDER BY 1, 2"
        )

    def close(self):
        self.connection.close()


def read(text, column):
    if text is None:
        return None
    match column["logicalType"]:
        case "boolean":
            return {"TRUE": True, "FALSE": False}[text]
        case "integer":
            return int(text)
        case "float":
            return float(text)
        case "timestamp":
            return micros(text)
        case _:
            return text


class SqlServer(H2):
    name = "H2 as SQL Server"
    warehouse = "azureSql"
    loader = r"BULK INSERT (\S+)\n"
    differs = ["files are read by H2's own `CSVREAD`, in place of the statement that loads them"]
    url = "jdbc:h2:mem:;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"

    def known_gaps(self):
        return [
            Gap(
                r"^IF SCHEMA_ID\(N'\w+'\) IS NULL EXEC\(N'CREATE SCHEMA (\[\w+\])'\);$",
                r"CREATE SCHEMA IF NOT EXISTS \1;",
                "the guard before a schema is left out",
            ),
            Gap(r"\bDATETIME2\b", "TIMESTAMP(7)", "`DATETIME2` is read as `TIMESTAMP(7)`"),
            Gap(
                r"^SELECT TOP 0 (.*)\nINTO (\S+)\nFROM (.*);$",
                r"CREATE LOCAL TEMPORARY TABLE \2 AS SELECT \1 FROM \3 WITH NO DATA;",
                "`SELECT … INTO` is read as `CREATE TABLE … AS SELECT`",
            ),
            Gap(r"\bDATEDIFF_BIG\(second,", "DATEDIFF(SECOND,", "`DATEDIFF_BIG` is read as `DATEDIFF`"),
            Gap(r" COLLATE Latin1_General_BIN2\b", "", "collations are left out"),
        ]


class Db2(H2):
    name = "H2 as Db2"
    warehouse = "db2"
    loader = r"INSERT INTO (\S+) \("
    differs = ["files are read by H2's own `CSVREAD`, in place of the statement that loads them"]
    url = "jdbc:h2:mem:;MODE=DB2"

    def known_gaps(self):
        return [
            like_as_select(),
            Gap(
                r"\bSECONDS_BETWEEN\((\w+), (\w+)\)",
                r"DATEDIFF(SECOND, \2, \1)",
                "`SECONDS_BETWEEN` is read as `DATEDIFF`",
            ),
        ]


if __name__ == "__main__":
    main(SqlServer, Db2)
