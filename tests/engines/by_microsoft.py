"""Microsoft's own readers of T-SQL: ScriptDom, the parser of its tools, and DacFx, which builds a model of a database and
says what in it does not fit together."""

import json
import os
import pathlib
import tempfile

import dotnetcore2
from clr_loader import get_coreclr
from pythonnet import set_runtime

from protocol import ANALYSED, Checker, Gap, Reader, about, fault_of, main

ASSEMBLIES = pathlib.Path(os.environ["TABLECAST_ENGINES"]) / "microsoft"


def start_dotnet():
    with tempfile.NamedTemporaryFile("w", suffix=".runtimeconfig.json") as settings:
        framework = {"name": "Microsoft.NETCore.App", "version": "3.1.0"}
        json.dump({"runtimeOptions": {"tfm": "netcoreapp3.1", "framework": framework}}, settings)
        settings.flush()
        root = pathlib.Path(dotnetcore2.__file__).parent / "bin"
        set_runtime(get_coreclr(runtime_config=settings.name, dotnet_root=str(root)))


start_dotnet()
import clr

for assembly in (
    "Microsoft.SqlServer.TransactSql.ScriptDom",
    "Microsoft.Data.Tools.Schema.Sql",
    "Microsoft.SqlServer.Dac",
    "Microsoft.SqlServer.Dac.Extensions",
):
    clr.AddReference(str(ASSEMBLIES / f"{assembly}.dll"))

import Microsoft.SqlServer.Dac.Model as model
import Microsoft.SqlServer.TransactSql.ScriptDom as scriptdom
from System.IO import StringReader


class ScriptDom(Reader):
    name = "ScriptDom"
    warehouse = "azureSql"
    engine = scriptdom.SqlEngineType.SqlAzure
    differs = ["its grammar is that of SQL Server 2019"]

    def version(self):
        return str(clr.GetClrType(scriptdom.TSql150Parser).Assembly.GetName().Version)

    def read(self, sql):
        parser = scriptdom.TSql150Parser(True, self.engine)
        _, faults = parser.Parse(StringReader(sql), None)
        if faults.Count:
            raise ValueError("; ".join(f"{fault.Number} line {fault.Line}: {fault.Message}" for fault in faults))

    def refuses(self, word):
        return fault_of(lambda: self.read(f"CREATE TABLE bare (other int, {word} int NOT NULL)")) is not None


class ScriptDomForSynapse(ScriptDom):
    warehouse = "azureSynapse"
    engine = scriptdom.SqlEngineType.All

    def known_gaps(self):
        return [
            Gap(
                r"^CREATE TABLE (\[#\w+\])\nWITH \(DISTRIBUTION = ROUND_ROBIN, HEAP\)\nAS SELECT (.*?) FROM ",
                r"SELECT \2 INTO \1 FROM ",
                "`CREATE TABLE … AS SELECT` is read as `SELECT … INTO`",
            )
        ]


class DacFx(Checker):
    """A model is declared, not grown: its tables are created whole, and a statement that loads is a procedure."""

    name = "DacFx"
    how = ANALYSED
    warehouse = "azureSql"
    flavour = model.SqlServerVersion.SqlAzure
    one_in = {"scenarios": 4, "generated": 10, "hostile": 10}
    differs = ["it compares neither the number of values nor their types with the columns'"]

    def known_gaps(self):
        return [
            Gap(r"^IF SCHEMA_ID\(N'\w+'\) IS NULL EXEC\(N'(CREATE SCHEMA \[\w+\])'\);$", r"\1;", "it knows no guards"),
        ]

    def version(self):
        return str(clr.GetClrType(model.TSqlModel).Assembly.GetName().Version)

    def check(self, case, result):
        database = model.TSqlModel(self.flavour, model.TSqlModelOptions())
        loads = [statement for statement in case["statements"] if statement["kind"] in ("load", "upsert")]
        for number, statement in enumerate([*case["whole"], *loads]):
            if statement["kind"] in self.beyond:
                continue
            sql = self.readable(statement["sql"])
            if statement in loads:
                sql = f"CREATE PROCEDURE [{case['schema']}].[load {number}] AS\n{sql}"
            fault = fault_of(lambda: database.AddObjects(sql))
            if not result.tried("reads every statement", about(case, statement, fault)):
                return
            result.statements[statement["kind"]] += 1
        faults = "; ".join(str(fault.Message) for fault in database.Validate())
        result.tried("resolves every name", faults and f"{case['name']}: {faults[:1000]}")


if __name__ == "__main__":
    main(ScriptDom, ScriptDomForSynapse, DacFx)
