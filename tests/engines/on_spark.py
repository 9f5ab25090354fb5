"""Apache Spark for Databricks: its own parser, analyser and executor over tables kept in memory."""

import logging
import os
import pathlib
import tempfile

from pyspark.sql import SparkSession

from protocol import Engine, main

CATALOG = "tablecast.MemoryCatalog"
# What fails is in the result; its log would hold every stack.
logging.disable(logging.CRITICAL)


class Spark(Engine):
    name = "Apache Spark"
    warehouse = "databricks"
    one_in = {"generated": 3, "hostile": 2}
    differs = ["it knows nothing of Delta's own rules for the names of columns"]

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

    def version(self):
        return self.spark.version

    def begin(self, case):
        catalog = case["catalog"]
        if catalog:
            self.spark.conf.set(f"spark.sql.catalog.{catalog}", CATALOG)
        place = f"`{catalog or 'memory'}`.`{case['schema']}`"
        self.spark.sql(f"DROP SCHEMA IF EXISTS {place} CASCADE")
        self.place = place

    def execute(self, sql):
        # A client sends the statement; the semicolon is for scripts.
        self.spark.sql(sql.removesuffix(";"))

    def rows(self, schema, table, columns):
        def selected(column):
            name = f"`{column['name']}`"
            return f"unix_micros({name})" if column["logicalType"] == "timestamp" else name

        found = self.spark.sql(f"SELECT {', '.join(map(selected, columns))} FROM {self.place}.`{table}`").collect()
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
