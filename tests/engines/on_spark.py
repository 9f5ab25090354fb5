"""Apache Spark for Databricks: its own parser, analyser and executor over tables kept in memory."""

import logging
import os
import pathlib
import re
import tempfile

from pyspark.sql import SparkSession

from protocol import FILE, Engine, Gap, like_as_select, main, schemas_of

CATALOG = "tablecast.MemoryCatalog"
# What fails is in the result; its log would hold every stack.
logging.disable(logging.CRITICAL)


class Spark(Engine):
    name = "Apache Spark"
    warehouse = "databricks"
    replaces_file_loads = True
    one_in = {"scenarios": 2, "bulk loads": 10, "moved": 12, "small batches": 6, "generated": 6, "hostile": 8}
    beyond = {"setup": "catalogs and grants are not made"}
    differs = [
        "it knows nothing of Delta's own rules for the names of columns",
        "it has no `COPY INTO`: files are read by `INSERT` in its place",
    ]

    def known_gaps(self):
        return [
            like_as_select(),
            Gap(
                r"^CREATE (?:OR REPLACE )?VIEW (?:`\w+`\.)*(`\w+`) AS\n",
                r"CREATE OR REPLACE TEMPORARY VIEW \1 AS\n",
                "views are temporary",
            ),
        ]

    def __init__(self):
        super().__init__()
        classes = str(pathlib.Path(os.environ["TABLECAST_ENGINES"]) / "classes")
        settings = {
            "spark.driver.extraClassPath": classes,
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.ui.enabled": "false",
            "spark.log.level": "OFF",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="tablecast-"),
            # Statements here are small and many: compiling each one's plan costs more than it saves.
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.catalog.memory": CATALOG,
            "spark.sql.defaultCatalog": "memory",
        }
        builder = SparkSession.builder.master("local[1]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.spark = builder.getOrCreate()
        self.views = set()

    def version(self):
        return self.spark.version

    def begin(self, case):
        catalog = case["catalog"]
        if catalog:
            self.spark.conf.set(f"spark.sql.catalog.{catalog}", CATALOG)
        for schema in schemas_of(case):
            self.spark.sql(f"DROP SCHEMA IF EXISTS `{catalog or 'memory'}`.`{schema}` CASCADE")
        self.place = f"`{catalog or 'memory'}`.`{case['schema']}`"
        for view in self.views:
            self.spark.catalog.dropTempView(view)
        self.views = set()

    def execute(self, sql):
        # A client sends the statement; the semicolon is for scripts.
        self.spark.sql(sql.removesuffix(";"))
        view = re.match(r"CREATE OR REPLACE TEMPORARY VIEW `(\w+)`", sql)
        if view:
            self.views.add(view[1])

    def ask(self, sql):
        return [tuple(row) for row in self.spark.sql(sql.removesuffix(";")).collect()]

    def load(self, sql, file):
        place, casts = re.match(r"COPY INTO (\S+)\nFROM \(SELECT (.*) FROM '", sql).groups()
        path = self.written(FILE.search(sql), file)
        self.execute(f"INSERT INTO {place} BY NAME SELECT {casts} FROM json.`{path}`")

    def rows(self, schema, table, columns):
        def selected(column):
            name = f"`{column['name']}`"
            return f"unix_micros({name})" if column["logicalType"] == "timestamp" else name

        place = f"`{table}`" if table in self.views else f"{self.place}.`{table}`"
        found = self.spark.sql(f"SELECT {', '.join(map(selected, columns))} FROM {place}").collect()
        return [tuple(row) for row in found]

    def catalog(self, schema):
        tables = sorted(row[1] for row in self.spark.sql(f"SHOW TABLES IN {self.place}").collect())
        return [
            (table, field.name, field.dataType.simpleString(), field.nullable)
            for table in tables
            for field in self.spark.table(f"{self.place}.`{table}`").schema.fields
        ]

    def close(self):
        self.spark.stop()


if __name__ == "__main__":
    main(Spark)
