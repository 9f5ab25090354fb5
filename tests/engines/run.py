"""Runs every checker over the cases, two at a time, and says what each found.

`python run.py INSTALLED CASES`: INSTALLED is the folder that `install.py` filled, CASES the one that
`cases.rs` filled. Beside the cases it leaves `badges.json`: who checked which kinds of statement of which warehouse.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
AT_ONCE = 2
SECONDS = 1200
# The longest first, so that none is left to run alone at the end; and what cannot be installed everywhere.
CHECKERS = {
    "on_spark.py": "classes",
    "on_zetasql.py": None,
    "by_sqlfluff.py": None,
    "on_fakesnow.py": None,
    "on_h2.py": "h2-*.jar",
    "on_postgres.py": None,
    "by_microsoft.py": None,
    "on_duckdb.py": None,
    "by_pglast.py": None,
}
# No sample may shrink below this.
LEAST_STATEMENTS = 2_000
LEAST_HOSTILE = 10_000
HOSTILE_ON = ("postgres", "duckdb")
HOWS = ["executed", "analysed", "parsed"]
# How the laws begin that compare what is read with what was previewed.
READING = ("reads back", "reads all", "keeps the latest", "answers", "shows", "removes", "finds", "changes nothing", "prepares")


def environment(installed):
    """What .NET of 2019 needs of today's machines: their ICU by its number, and an OpenSSL that they no longer have."""
    names = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=False).stdout
    icu = re.search(r"libicuuc\.so\.(\d+)", names)
    return {
        **os.environ,
        "TABLECAST_ENGINES": str(installed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LD_LIBRARY_PATH": str(installed / "openssl"),
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "0" if icu else "1",
        "CLR_ICU_VERSION_OVERRIDE": f"{icu[1]}.1" if icu else "",
    }


def run(checker, installed, cases):
    """Runs a checker; gives how long it took and, if it came to no result, why."""
    begun = time.monotonic()
    command = [installed / "venv" / "bin" / "python", HERE / checker, cases]
    with open(cases / f"{checker}.log", "w+", encoding="utf-8") as log:
        try:
            process = subprocess.run(
                command, env=environment(installed), stdout=log, stderr=log, timeout=SECONDS, check=False
            )
            why = None if process.returncode == 0 else f"it ended with {process.returncode}"
        except subprocess.TimeoutExpired:
            why = f"it took longer than {SECONDS} s"
        log.seek(0)
        return time.monotonic() - begun, why and f"{why}\n{log.read()[-2000:]}"


def statements_of(result):
    """How many statements were checked, ready-made queries aside."""
    return sum(count for kind, count in result["statements"].items() if kind != "question")


def shares(result):
    """How many of how many stories a checker was given, by sort."""
    found = {"scenarios": [0, 0], "hostile": [0, 0], "others": [0, 0]}
    for group, counts in result["cases"].items():
        share = found.get(group, found["others"])
        share[:] = map(sum, zip(share, counts))
    return found


def least(result):
    """The laws of how much has to be checked."""
    executed = statements_of(result)
    if result["how"] == "executed":
        yield f"runs {LEAST_STATEMENTS} statements at least", executed, LEAST_STATEMENTS
    if result["how"] == "executed" and result["warehouse"] in HOSTILE_ON:
        for what in ("hostile names", "hostile values"):
            yield f"is given {LEAST_HOSTILE} {what} at least", result["figures"].get(what, 0), LEAST_HOSTILE


def report(result):
    """Prints what a checker found, test by test; gives how many passed and failed."""
    passed = failed = 0
    who = f"{result['warehouse']}: {result['checker']} {result['version']}"
    laws = dict(result["laws"])
    for law, found, wanted in least(result):
        fault = [] if found >= wanted else [f"only {found}"]
        laws[law] = {"tried": 1, "failed": len(fault), "faults": fault}
    for law, outcome in laws.items():
        word = "FAILED" if outcome["failed"] else "ok"
        print(f"test {who} {law} ... {word} ({outcome['tried'] - outcome['failed']} of {outcome['tried']})")
        for fault in outcome["faults"]:
            print(f"    {fault}")
        passed += not outcome["failed"]
        failed += bool(outcome["failed"])
    return passed, failed


def table(results):
    """Who checked how much."""
    heads = ["warehouse", "checked by", "how", "statements", "questions", "values read back", "differences", "answers", "sample"]
    rows = [
        [
            result["warehouse"],
            f"{result['checker']} {result['version']}",
            result["how"],
            f"{statements_of(result):,}",
            f"{result['statements'].get('question', 0):,}",
            f"{result['figures'].get('values read back', 0):,}",
            f"{differences(result):,}",
            f"{result['figures'].get('answers compared', 0):,}",
            result["sample"] or "all",
        ]
        for result in results
    ]
    lined_up(heads, rows)


def kinds(results):
    """Who checked which kinds of statement."""
    known = sorted({kind for result in results for kind in result["statements"]})
    warehouses = sorted({result["warehouse"] for result in results})

    def who(warehouse, kind):
        of_kind = [result for result in results if result["warehouse"] == warehouse and result["statements"].get(kind)]
        return ", ".join(sorted({result["how"] for result in of_kind}, key=HOWS.index)) or "-"

    rows = [[warehouse, *(who(warehouse, kind) for kind in known)] for warehouse in warehouses]
    lined_up(["warehouse", *known], rows)


def differences(result):
    """How often something read from an engine was not what was previewed."""
    return sum(outcome["failed"] for law, outcome in result["laws"].items() if law.startswith(READING))


def sums(results):
    """The figures of all of them together, a line each."""
    for how in HOWS:
        of_how = [result for result in results if result["how"] == how]
        statements = sum(map(statements_of, of_how))
        print(f"statements {how}: {statements:,}, ready-made queries aside, by {len(of_how)} checkers")
    values = sum(result["figures"].get("values read back", 0) for result in results)
    print(f"values read back: {values:,}; differences: {sum(map(differences, results)):,}")
    for result in results:
        if result["how"] == "executed" and result["warehouse"] in HOSTILE_ON:
            names, hostile = (result["figures"].get(f"hostile {what}", 0) for what in ("names", "values"))
            escapes = result["laws"].get("lets nothing out of its literal", {}).get("failed", "?")
            print(f"hostile on {result['checker']}: {names:,} names, {hostile:,} values; escapes: {escapes}")


def lined_up(heads, rows):
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    for row in [heads, ["-" * width for width in widths], *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main():
    installed, cases = (pathlib.Path(word) for word in sys.argv[1:3])
    for old in cases.glob("*.json"):
        old.unlink()
    passed = failed = 0
    missing = [name for name, needs in CHECKERS.items() if needs and not any(installed.glob(needs))]
    for name in missing:
        print(f"SKIPPED: {name} has nothing to run here")
        failed += os.environ.get("CI", "false") not in ("", "false")
    chosen = [name for name in CHECKERS if name not in missing]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(run, name, installed, cases): name for name in chosen}
        for done in concurrent.futures.as_completed(running):
            took, why = done.result()
            print(f"{running[done]:<18}{took:>6.1f} s{'' if why is None else '  FAILED'}", flush=True)
            if why:
                failed += 1
                print(why)
    results = [json.loads(path.read_text("utf-8")) for path in sorted(cases.glob("*.json"))]
    print()
    for result in results:
        counts = report(result)
        passed += counts[0]
        failed += counts[1]
    print()
    kinds(results)
    print()
    table(results)
    print()
    sums(results)
    badges = [
        {
            "warehouse": result["warehouse"],
            "checker": result["checker"],
            "version": result["version"],
            "how": result["how"],
            "statements": [kind for kind, count in result["statements"].items() if count],
            "checked": statements_of(result),
            **shares(result),
            "differences": result["differences"],
        }
        for result in results
    ]
    found = {"whole": not missing and not failed, "badges": badges}
    (cases / "badges.json").write_text(json.dumps(found), "utf-8")
    word = "FAILED" if failed else "ok"
    print(f"\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out")
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
