"""Microsoft's own readers of T-SQL: ScriptDom, the parser of its tools, and DacFx, which builds a model of a database and
says what in it does not fit together."""

import json
import os
import pathlib
import tempfile

import dotnetcore2
from clr_loader import get_coreclr
from pythonnet import set_runtime

from protocol import ANALYSED, BULK, Checker, Gap, Reader, about, fault_of, main, statements_of

# The kinds of statement that are procedures in a model.
BROUGHT = ("load", "upsert", "question", "delete")
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

    def known_gaps(self):
        return [Gap(r"\bCODEPAGE = '65001'", "CODEPAGE = 'RAW'", "UTF-8 files are younger than its grammar")]

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
            ),
            Gap(r"^COPY INTO ", None, "`COPY INTO` is younger than its grammar, and left out"),
        ]


class DacFx(Checker):
    """A model is declared, not grown: its tables are created whole, and a statement that loads is a procedure."""

    name = "DacFx"
    how = ANALYSED
    warehouse = "azureSql"
    flavour = model.SqlServerVersion.SqlAzure
    one_in = {"scenarios": 6, "generated": 12, "hostile": 20}
    differs = ["it compares neither the number of values nor their types with the columns'"]

    def known_gaps(self):
        return [
            Gap(r"^IF SCHEMA_ID\(N'\w+'\) IS NULL EXEC\(N'(CREATE SCHEMA \[\w+\])'\);$", r"\1;", "it knows no guards"),
        ]

    def version(self):
        return str(clr.GetClrType(model.TSqlModel).Assembly.GetName().Version)

    def takes(self, case):
        return "whole" in case and case["group"] != BULK

    def check(self, case, result):
        database = model.TSqlModel(self.flavour, model.TSqlModelOptions())
        # The tables of further schemas are in no model.
        further = tuple(f"DELETE FROM [{schema}]." for schema in case.get("union", {}).get("schemas", ()))
        loads = [s for s in statements_of(case) if s["kind"] in BROUGHT and not s["sql"].startswith(further)]
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
