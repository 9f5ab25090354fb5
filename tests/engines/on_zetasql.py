"""ZetaSQL, Google's own analyser of BigQuery's SQL. It resolves every statement against the tables made so far, and
evaluates every row that a statement brings; what it does not do is keep tables, so the rows are kept here."""

import ctypes
import importlib.metadata
import os
import pathlib
import re

import wasmtime

CACHE = pathlib.Path(os.environ["TABLECAST_ENGINES"])


def compiled_once(engine, path, compile_module=wasmtime.Module.from_file):
    """Its 28 MB of WebAssembly take half a minute to compile."""
    kept = CACHE / f"zetasql-{importlib.metadata.version('wasmtime')}.cwasm"
    if not kept.exists():
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(compile_module(engine, path).serialize())
        part.rename(kept)
    return wasmtime.Module.deserialize_file(engine, str(kept))


wasmtime.Module.from_file = staticmethod(compiled_once)

from zetasql.core.wasm_client import WasmClient
from zetasql.wasi import get_wasm_path
from zetasql.wasi._pb2.zetasql.local_service import local_service_pb2 as service
from zetasql.wasi._pb2.zetasql.proto import options_pb2, simple_catalog_pb2
from zetasql.wasi._pb2.zetasql.public import options_pb2 as language
from zetasql.wasi._pb2.zetasql.public import type_pb2
from zetasql.wasi._pb2.zetasql.resolved_ast import resolved_node_kind_pb2 as nodes

from protocol import COMMENT, ANALYSED, Engine, Gap, fault_of, held, main

STATEMENTS = (
    "QUERY CREATE_SCHEMA CREATE_TABLE CREATE_TABLE_AS_SELECT CREATE_VIEW ALTER_TABLE ALTER_VIEW DROP INSERT UPDATE DELETE"
    " MERGE TRUNCATE GRANT REVOKE AUX_LOAD_DATA EXPORT_DATA BEGIN COMMIT ROLLBACK"
)
# What ZetaSQL knows and BigQuery does not.
NOT_IN_BIGQUERY = ("FEATURE_INSERT_ON_CONFLICT_CLAUSE", "FEATURE_V_1_4_DML_RETURNING", "FEATURE_DML_RETURNING")
NAME = r"`([^`]+)`"
PATH = rf"{NAME}(?:\.{NAME})?\.{NAME}"
MERGED = r"\nUSING \(\n  SELECT \* FROM UNNEST\(ARRAY<STRUCT<(.*?)>>\[(.*?)\n  \]\)\n\) AS s\nON "
ROWS_AT_ONCE = 20


def write_bytes(self, place, data):
    ctypes.memmove(ctypes.addressof(self.memory.data_ptr().contents) + place, data, len(data))


def read_bytes(self, place, size):
    return ctypes.string_at(ctypes.addressof(self.memory.data_ptr().contents) + place, size)


# The client's own copy byte by byte.
WasmClient.write_bytes, WasmClient.read_bytes = write_bytes, read_bytes


def options_of_bigquery(call):
    asked = service.LanguageOptionsRequest(maximum_features=True)
    options = call("GetLanguageOptions", asked, options_pb2.LanguageOptionsProto)
    options.product_mode = language.PRODUCT_EXTERNAL
    features = {value.name: value.number for value in language.LanguageFeature.DESCRIPTOR.values}
    for name in NOT_IN_BIGQUERY:
        if features.get(name) in options.enabled_language_features:
            options.enabled_language_features.remove(features[name])
    if "QUALIFY" not in options.reserved_keywords:
        options.reserved_keywords.append("QUALIFY")
    kinds = {value.name: value.number for value in nodes.ResolvedNodeKind.DESCRIPTOR.values}
    del options.supported_statement_kinds[:]
    options.supported_statement_kinds.extend(kinds[f"RESOLVED_{name}_STMT"] for name in STATEMENTS.split())
    return options


class ZetaSql(Engine):
    name = "ZetaSQL"
    how = ANALYSED
    keeps_tables = False
    warehouse = "bigquery"
    one_in = {"scenarios": 5, "bulk loads": 15, "moved": 20, "small batches": 10, "generated": 15, "hostile": 20}
    differs = [
        "rows are evaluated, and kept by the tests",
        "it knows no limits of length, and tables whatever the case of their names",
    ]

    def known_gaps(self):
        return [Gap(r"\nPARTITION BY _PARTITIONDATE", "", "partitions by the day of ingestion are left out")]

    def __init__(self):
        super().__init__()
        self.client = WasmClient(str(get_wasm_path()))
        self.options = options_pb2.AnalyzerOptionsProto(default_timezone="UTC")
        self.options.language_options.CopyFrom(options_of_bigquery(self.call))
        self.begin(None)
        # Functions without tables: to send them with each statement would cost more than the statement.
        registered = service.RegisterCatalogRequest(simple_catalog=self.known)
        self.functions = self.call("RegisterCatalog", registered, service.RegisterResponse).registered_id

    def call(self, method, request, response):
        return self.client.call_grpc_func(f"ZetaSqlLocalService_{method}", request, response)

    def version(self):
        return importlib.metadata.version("zetasql")

    def begin(self, case):
        self.known = simple_catalog_pb2.SimpleCatalogProto(name="bigquery")
        self.known.builtin_function_options.language_options.CopyFrom(self.options.language_options)
        self.tables = {}
        self.kept = {}

    def refuses(self, word):
        return fault_of(lambda: self.analyse(f"CREATE TABLE bare ({word} INT64)")) is not None

    def analyse(self, sql):
        request = service.AnalyzeRequest(sql_statement=sql)
        request.options.CopyFrom(self.options)
        if sql.startswith(("CREATE SCHEMA", "CREATE TABLE")) and " LIKE " not in sql.partition("(")[0]:
            request.registered_catalog_id = self.functions
        else:
            request.simple_catalog.CopyFrom(self.known)
        return self.call("Analyze", request, service.AnalyzeResponse)

    def evaluate(self, sql):
        request = service.EvaluateQueryRequest(sql=sql, registered_catalog_id=self.functions)
        request.options.CopyFrom(self.options)
        rows = self.call("EvaluateQuery", request, service.EvaluateQueryResponse).content.table_data.row
        return [[value_of(cell) for cell in row.cell] for row in rows]

    def execute(self, sql):
        analysed = self.analyse(sql)
        sql = sql.removeprefix(COMMENT.match(sql)[0])
        like = re.fullmatch(rf"CREATE TABLE {PATH} LIKE {PATH};", sql)
        if like:
            self.create(analysed, self.tables[like[5] or like[4], like[6]])
        elif sql.startswith("CREATE TABLE"):
            self.create(analysed)
        elif sql.startswith("DROP TABLE"):
            self.drop(re.match(rf"DROP TABLE {PATH}", sql))
        elif sql.startswith("ALTER TABLE"):
            self.alter(re.match(rf"ALTER TABLE {PATH}", sql), analysed)
        elif sql.startswith("INSERT INTO"):
            head = re.match(rf"INSERT INTO {PATH} \((.*?)\) VALUES", sql)
            # Rows that come from another table are not kept.
            if head:
                self.insert(head, sql)
        elif sql.startswith("MERGE INTO"):
            self.merge(re.match(rf"MERGE INTO {PATH}", sql), sql)

    def ask(self, sql):
        self.analyse(sql)
        return []

    def load(self, sql, file):
        self.analyse(sql)
        head = re.match(rf"LOAD DATA INTO {PATH}", sql)
        names = [column["name"] for column in file["columns"]]
        for row in file["rows"]:
            cells = (held(cell, column) for cell, column in zip(row, file["columns"]))
            self.kept[head[2] or head[1], head[3]].append(dict(zip(names, cells)))

    def drop(self, head):
        place = head[2] or head[1], head[3]
        del self.tables[place], self.kept[place]
        catalog = self.known
        for name in filter(None, (head[1], head[2])):
            catalog = next(inside for inside in catalog.catalog if inside.name == name)
        table = next(table for table in catalog.table if table.name == head[3])
        catalog.table.remove(table)

    def create(self, analysed, like=None):
        path = next(found(analysed, "name_path"))
        catalog = self.known
        for name in path[:-1]:
            inside = [known for known in catalog.catalog if known.name == name]
            catalog = inside[0] if inside else catalog.catalog.add(name=name)
        if any(table.name == path[-1] for table in catalog.table):
            raise ValueError(f"{path[-1]} is there already")
        table = catalog.table.add(name=path[-1], serialization_id=len(self.tables) + 1)
        columns = [column for column in like.column if not column.is_pseudo_column] if like else next(
            found(analysed, "column_definition_list")
        )
        for column in columns:
            table.column.add(name=column.name, is_writable_column=True).type.CopyFrom(column.type)
        for name in ("_PARTITIONTIME", "_PARTITIONDATE"):
            kind = type_pb2.TYPE_TIMESTAMP if name == "_PARTITIONTIME" else type_pb2.TYPE_DATE
            table.column.add(name=name, is_pseudo_column=True).type.type_kind = kind
        self.tables[path[-2], path[-1]] = table
        self.kept[path[-2], path[-1]] = []

    def alter(self, path, analysed):
        table = self.tables[path[2] or path[1], path[3]]
        for column in found(analysed, "column_definition"):
            if any(known.name.lower() == column.name.lower() for known in table.column):
                raise ValueError(f"{column.name} is there already")
            table.column.add(name=column.name, is_writable_column=True).type.CopyFrom(column.type)

    def insert(self, head, sql):
        place = head[2] or head[1], head[3]
        columns = re.findall(NAME, head[4])
        types = {column.name: type_name(column.type) for column in self.tables[place].column}
        fields = ", ".join(f"`{name}` {types[name]}" for name in columns)
        for row in self.values(fields, sql[head.end() :].removesuffix(";")):
            self.kept[place].append(dict(zip(columns, row)))

    def values(self, fields, rows):
        """Evaluates rows in brackets, a few at a time: an array holds no more than a megabyte. No literal has a line
        break."""
        rows = re.split(r",\n *(?=\()", rows)
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = ", ".join(rows[start : start + ROWS_AT_ONCE])
            yield from self.evaluate(f"SELECT * FROM UNNEST(ARRAY<STRUCT<{fields}>>[{some}])")

    def merge(self, head, sql):
        place = head[2] or head[1], head[3]
        rows = {row["id"]: row for row in self.kept[place]}
        for new in self.merged(sql):
            rows[new["id"]] = {**rows.get(new["id"], {}), **new}
        self.kept[place] = list(rows.values())

    def merged(self, sql):
        """The rows that a `MERGE` brings."""
        staged = re.search(rf"\nUSING {PATH} AS s\n", sql)
        if staged:
            return self.kept[staged[2] or staged[1], staged[3]]
        source = re.search(MERGED, sql, re.DOTALL)
        columns = re.findall(NAME, source[1])
        return [dict(zip(columns, row)) for row in self.values(source[1], source[2])]

    def rows(self, schema, table, columns):
        return [[row.get(column["name"]) for column in columns] for row in self.kept[schema, table]]

    def catalog(self, schema):
        return sorted(
            (name, column.name, type_name(column.type))
            for (place, name), table in self.tables.items()
            for column in table.column
            if not column.is_pseudo_column
        )


def found(message, name):
    """Every field of this name in a message, however deep."""
    for field, value in message.ListFields():
        if field.name == name:
            yield value
        if field.message_type is not None and not field.message_type.GetOptions().map_entry:
            for inside in value if field.is_repeated else [value]:
                yield from found(inside, name)


def type_name(type_proto):
    kinds = type_proto.DESCRIPTOR.fields_by_name["type_kind"].enum_type.values_by_number
    name = kinds[type_proto.type_kind].name.removeprefix("TYPE_")
    return {"DOUBLE": "FLOAT64"}.get(name, name)


def value_of(cell):
    kind = cell.WhichOneof("value")
    if kind is None:
        return None
    if kind == "timestamp_value":
        return cell.timestamp_value.seconds * 1_000_000 + cell.timestamp_value.nanos // 1_000
    return getattr(cell, kind)


if __name__ == "__main__":
    main(ZetaSql)
