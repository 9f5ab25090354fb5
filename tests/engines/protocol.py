"""What every checker shares: cases in, statements checked, rows read back and compared, a result out.

A case is one warehouse of one scenario, as `cases.rs` writes it: a line of JSON with the statements in their order and
the tables they should leave behind. A checker is an engine that runs statements (`Engine`), or an analyser or parser
that reads them (`Reader`). Its result says what it did and every fault it found.
"""

import json
import re
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import answers

MOST_FAULTS = 20
# What these groups try is said by others with fewer values.
TRIED_ONCE = ("hostile", "long", "small batches", "bulk loads", "moved")
# Made of the same pieces as others, with values that are hard to tell from SQL.
HOSTILE = ("hostile", "long")
BULK = "bulk loads"
PREPARED = "set-up"
# Where the statements of a bulk load look for their file: what a person fills in, and a place below that.
FILE = re.compile(r"'(?:[^'\n]*/)?(\w+/\w+/\d{8}T\d{6}Z\.(csv|json))'")
EXECUTED, ANALYSED, PARSED = "executed", "analysed", "parsed"
WHEN = {"small batches": ", loaded two rows at a time", BULK: ", loaded from files", "moved": ", moved to storage actions"}
WHOLE = "grows a table into the table created whole"


@dataclass
class Gap:
    """A piece of SQL that a checker cannot read, though the warehouse can, and what it is given in its place."""

    written: str
    """A regular expression."""
    read_as: object
    """What takes its place, or a function that says so; nothing where the whole statement is left out."""
    reason: str
    outside_literals: bool = False
    """Whether the same letters in a value stay as they are."""
    met: int = 0

    def closed(self, sql):
        if self.read_as is None:
            found = re.search(self.written, sql) is not None
            self.met += found
            return None if found else sql
        # Every other part is a literal.
        parts = re.split(f"({LITERAL.pattern})", sql, flags=LITERAL.flags) if self.outside_literals else [sql]
        for place in range(0, len(parts), 2):
            parts[place], times = re.subn(self.written, self.read_as, parts[place])
            self.met += times
        return "".join(parts)


def like_as_select():
    """The gap of a reader that makes no table like another."""
    return Gap(
        r"^CREATE TABLE (\S+) LIKE (\S+);$",
        r"CREATE TABLE \1 AS SELECT * FROM \2 WHERE FALSE;",
        "`CREATE TABLE … LIKE` is read as `CREATE TABLE … AS SELECT`",
    )


@dataclass
class Result:
    """What a checker has to say of one warehouse."""

    checker: str
    version: str
    how: str
    warehouse: str
    statements: Counter = field(default_factory=Counter)
    figures: Counter = field(default_factory=Counter)
    laws: dict = field(default_factory=dict)
    """By law: how often it was tried, and the faults found."""
    differences: list = field(default_factory=list)
    sample: str = ""
    cases: dict = field(default_factory=dict)
    """By group: how many cases it was given, of how many."""

    def tried(self, law, fault=None):
        """Counts one trial of a law; a fault is kept, as long as there are few."""
        tried = self.laws.setdefault(law, {"tried": 0, "failed": 0, "faults": []})
        tried["tried"] += 1
        if fault:
            tried["failed"] += 1
            if len(tried["faults"]) < MOST_FAULTS:
                tried["faults"].append(fault)
        return not fault

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(vars(self), file, ensure_ascii=False, indent=1)


class Checker:
    """Somebody who reads SQL: an engine, an analyser or a parser."""

    name = ""
    how = PARSED
    warehouse = ""
    # Of the cases of each group one in so many is looked at, besides those with a piece of SQL that none before them has:
    # all of them, unless told otherwise.
    one_in = {}
    # Kinds of statement that are beyond this checker, each with the reason.
    beyond = {}
    # What is known to differ from the warehouse, besides gaps and kinds beyond it.
    differs = ()

    def __init__(self):
        self.gaps = self.known_gaps()
        self.tried_beyond = Counter()

    def known_gaps(self):
        return []

    def version(self):
        raise NotImplementedError

    def check(self, case, result):
        raise NotImplementedError

    def close(self):
        pass

    def refuses(self, word):
        """Whether the word cannot be the name of a column without quotes; nothing where the checker is not the one to
        ask."""

    def ask_about_words(self, case, result):
        """What the warehouse's facts say of reserved words is what the checker says."""
        for word in case.get("words", ()):
            refused = self.refuses(word)
            if refused is not None:
                listed = word in case["reserved"]
                fault = f"`{word}` is {'' if listed else 'not '}in the list of reserved words" if refused != listed else None
                result.tried("refuses the reserved words and no others", fault)

    def readable(self, sql):
        """The statement with its gaps closed, below its comment; nothing where it is left out."""
        comment = COMMENT.match(sql)[0]
        sql = sql.removeprefix(comment)
        for gap in self.gaps:
            sql = sql and gap.closed(sql)
        return sql and comment + sql

    def takes(self, case):
        """Whether there is anything in the case for this checker."""
        return True

    def run(self, cases):
        result = Result(self.name, self.version(), self.how, self.warehouse)
        seen = Counter()
        pieces = set()
        for case in cases:
            group = case["group"]
            seen[group] += 1
            one_in = self.one_in.get(group, 1)
            new = set() if one_in == 1 else pieces_of(case) - pieces
            if ((seen[group] - 1) % one_in and not new) or not self.takes(case):
                continue
            pieces |= new
            result.figures[group] += 1
            self.check(case, result)
        result.cases = {group: [result.figures[group], of] for group, of in seen.items()}
        for group, one_in in self.one_in.items():
            if seen[group] and one_in > 1:
                sampled = f"{result.figures[group]} of {seen[group]} {group}"
                result.sample = f"{result.sample}, {sampled}" if result.sample else sampled
        for gap in self.gaps:
            result.tried("needs every gap it lists", None if gap.met else f"no statement has {gap.written!r}")
        result.differences = [gap.reason for gap in self.gaps] + list(self.beyond.values()) + list(self.differs)
        return result


class Reader(Checker):
    """An analyser or a parser."""

    # So many of each kind are read, besides those with a piece of SQL that none before them has: all, unless told
    # otherwise.
    most_of_a_kind = None

    def __init__(self):
        super().__init__()
        self.known = set()
        self.pieces = set()
        self.taken = Counter()

    def read(self, sql):
        """Raises what is wrong with a statement."""
        raise NotImplementedError

    def is_new(self, statement):
        kind, sql = statement["kind"], statement["sql"]
        if sql in self.known:
            return False
        self.known.add(sql)
        if self.most_of_a_kind is not None:
            new = pieces_in(statement) - self.pieces
            if self.taken[kind] >= self.most_of_a_kind and not new:
                return False
            self.pieces |= new
        self.taken[kind] += 1
        return True

    def check(self, case, result):
        self.ask_about_words(case, result)
        for statement in statements_of(case):
            if statement["kind"] in self.beyond or not self.is_new(statement):
                continue
            sql = self.readable(statement["sql"])
            if sql is None:
                continue
            fault = fault_of(lambda: self.read(sql))
            if result.tried("reads every statement", about(case, statement, fault)):
                result.statements[statement["kind"]] += 1


class Engine(Checker):
    """An engine that runs statements and keeps tables."""

    how = EXECUTED
    # Whether it can be asked for the rows that statements made.
    keeps_tables = True
    # Whether another statement takes the place of the one that loads a file; then that one counts for nothing.
    replaces_file_loads = False
    # Whether the warehouse takes wider rows than the engine that stands in for it.
    takes_less_width = False

    def __init__(self):
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory(prefix="tablecast-")
        self.folder = Path(self.scratch.name)

    def begin(self, case):
        """Makes an empty warehouse."""
        raise NotImplementedError

    def execute(self, sql):
        raise NotImplementedError

    def rows(self, schema, table, columns):
        """The rows of a table, each cell as `held` gives it."""
        raise NotImplementedError

    def catalog(self, schema):
        """Every column of a schema, as the engine describes it, in order."""
        raise NotImplementedError

    def is_about_width(self, fault):
        """Whether the engine refused a row for its size."""
        return False

    def canary(self):
        """Raises when the table that no statement names has lost its row."""

    def ask(self, sql):
        """The rows that a query gives."""
        raise NotImplementedError

    def load(self, sql, file):
        """Runs the statement of a bulk load, its file written first."""
        self.execute(self.readable(FILE.sub(lambda found: f"'{self.written(found, file)}'", sql)))

    def written(self, found, file):
        """Writes the file that a statement names; gives its path."""
        path = self.folder / found[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        write = {"csv": write_csv, "json": write_json}[found[2]]
        with open(path, "w", encoding="utf-8", newline="") as place:
            write(place, file)
        return path

    def prepares(self, case, result):
        """Runs what the owner of a warehouse runs first."""
        raise NotImplementedError

    def takes(self, case):
        beyond = {PREPARED: "setup", BULK: "bulkLoad"}.get(case["group"])
        return beyond not in self.beyond

    def check(self, case, result):
        self.ask_about_words(case, result)
        if case["group"] == PREPARED:
            self.prepares(case, result)
            return
        if not self.runs(case, case["statements"], result, f"runs every statement{WHEN.get(case['group'], '')}"):
            return
        law = f"reads back what was previewed{WHEN.get(case['group'], '')}"
        self.reads_back(case, result, law, case["tables"])
        if case["group"] == "hostile":
            result.figures["hostile names"] += case["hostileNames"]
            result.figures["hostile values"] += case["hostileValues"]
            fault = fault_of(self.canary)
            result.tried("lets nothing out of its literal", fault and f"{case['name']}: {fault}")
        if case["group"] not in TRIED_ONCE:
            self.run_again(case, result)
            grown = self.grown(case, result)
        self.answers(case, result)
        if "union" in case:
            law = "reads all schemas through one view"
            if self.makes_views(case, case["union"], result, law):
                self.reads_back(case, result, law, case["union"]["tables"])
        if "views" in case:
            law = "shows in views nothing but rows of the classic tables"
            # They replace what is there, so that they may come twice.
            for _ in range(2):
                if self.makes_views(case, case["views"], result, law):
                    self.reads_some(case, result, law, case["views"]["tables"])
        if "removal" in case:
            self.removes(case, case["removal"], result)
        if case["group"] not in TRIED_ONCE and grown is not None:
            self.compare_whole(case, grown, result)

    def runs(self, case, statements, result, law):
        """Runs statements on an empty warehouse until one fails."""
        self.begin(case)
        return self.goes_on(case, statements, result, law)

    def goes_on(self, case, statements, result, law):
        states = {state["after"]: state["tables"] for state in case.get("syncs") or ()} if statements is case["statements"] else {}
        for number, statement in enumerate(statements, 1):
            if not self.runs_one(case, statement, result, law):
                return False
            if number in states:
                self.reads_back(case, result, "keeps the latest as previewed after each sync", states[number])
        return result.tried(law)

    def runs_one(self, case, statement, result, law):
        """Runs a statement, unless it is beyond the engine; says whether others may follow."""
        kind = kind_of(case, statement)
        if kind in self.beyond:
            return True
        if statement.get("file"):
            fault = fault_of(lambda: self.load(statement["sql"], statement["file"]))
        else:
            sql = self.readable(statement["sql"])
            if sql is None:
                return True
            fault = fault_of(lambda: self.execute(sql))
        if fault and self.is_about_width(fault) and (case["isWide"] or self.takes_less_width):
            result.figures["rows refused for their width"] += 1
            return False
        if fault:
            return result.tried(law, about(case, statement, fault))
        # Rows that the tests copy are no statement of a script, and what took a statement's place is not that statement.
        if kind != "copy" and not (kind == "fileLoad" and self.replaces_file_loads):
            result.statements[kind] += 1
        return True

    def answers(self, case, result):
        """Asks the ready-made questions, and answers those that it can from the previewed rows."""
        for question in case.get("questions", ()):
            sql = self.readable(question["sql"])
            if sql is None or "question" in self.beyond:
                continue
            try:
                found = self.ask(sql)
                wanted = answers.expected(question, case, held) if self.keeps_tables else None
                fault = wanted and answers.difference(question, wanted, found)
            except Exception as error:
                fault = said(error)
            if result.tried("answers the ready-made questions", about(case, question, fault)):
                result.statements["question"] += 1
                result.figures["answers compared"] += wanted is not None

    def makes_views(self, case, views, result, law):
        """Makes views; says whether they can be read."""
        made = all(self.runs_one(case, statement, result, law) for statement in [*views["statements"], *views["views"]])
        return made and "createView" not in self.beyond and self.keeps_tables

    def reads_some(self, case, result, law, tables):
        """Every row read back is one of those previewed; classic storage has more, one for each identifier of a person."""
        for table in tables:
            columns = table["columns"]
            left = [[held(cell, column) for cell, column in zip(row, columns)] for row in table["rows"]]
            try:
                fault = None
                for row in map(list, self.rows(case["schema"], table["name"], columns)):
                    if row in left:
                        left.remove(row)
                    else:
                        fault = fault or f"{short(row)} is none of {short(left)}"
            except Exception as error:
                fault = said(error)
            result.figures["tables read back"] += 1
            result.tried(law, fault and f"{case['name']} {table['name']}: {fault}")

    def removes(self, case, removal, result):
        """A person goes from every table, and others stay as they are."""
        law = "removes a person and nobody else"
        if "delete" in self.beyond or not all(
            self.runs_one(case, statement, result, law) for statement in removal["statements"]
        ):
            return
        if not self.keeps_tables:
            return
        self.reads_back(case, result, law, removal["tables"])
        for table in removal["tables"]:
            for place, column in enumerate(table["columns"]):
                if column["name"].lower() == "user_id":
                    left = any(row[place] == removal["person"] for row in table["rows"])
                    result.tried(law, f"{case['name']} {table['name']}: the person is there still" if left else None)
        for look in removal["looks"]:
            sql = self.readable(look["sql"])
            if sql is None:
                continue
            try:
                found = len(self.ask(sql))
                fault = None if found == look["rows"] else f"{look['rows']} rows to look at, {found} found"
            except Exception as error:
                fault = said(error)
            result.tried("finds what somebody has to look at", about(case, look, fault))

    def reads_back(self, case, result, law, tables):
        for table in tables:
            columns = table["columns"]
            wanted = in_order([held(cell, column) for cell, column in zip(row, columns)] for row in table["rows"])
            try:
                found = in_order(self.rows(case["schema"], table["name"], columns))
                fault = first_difference(wanted, found, columns)
            except Exception as error:
                fault = said(error)
            result.figures["tables read back"] += 1
            result.figures["values read back"] += sum(len(row) for row in wanted)
            result.tried(law, fault and f"{case['name']} {table['name']}: {fault}")

    def run_again(self, case, result):
        """What makes a schema where there is none, and what brings the latest values, changes nothing the next time."""
        law = "changes nothing when it is run again"
        again = [statement for statement in case["statements"] if statement["kind"] in case["repeatable"]]
        if again and self.goes_on(case, again, result, law):
            self.reads_back(case, result, law, case["tables"])

    def grown(self, case, result):
        """The engine's own account of tables that grew step by step."""
        try:
            return self.catalog(case["schema"])
        except Exception as error:
            result.tried(WHOLE, f"{case['name']}: {said(error)}")
            return None

    def compare_whole(self, case, grown, result):
        """A table grown step by step equals the table created whole."""
        if self.runs(case, case["whole"], result, WHOLE):
            whole = self.catalog(case["schema"])
            fault = None if grown == whole else f"{case['name']}: grown {grown}, whole {whole}"
            result.tried(WHOLE, fault)


def schemas_of(case):
    """Every schema that a case makes."""
    return [case["schema"], *case.get("union", {}).get("schemas", ())]


def kind_of(case, statement):
    """What a badge calls a statement."""
    kind = statement["kind"]
    if case["group"] != BULK or kind not in ("load", "upsert"):
        return kind
    return "fileLoad" if statement.get("file") else "bulkLoad"


def statements_of(case):
    """Every statement that a case has, each with the kind that a badge gives it."""
    removal, union, views = (case.get(part) or {} for part in ("removal", "union", "views"))
    for statement in [
        *case["statements"],
        *case.get("further", ()),
        *case.get("questions", ()),
        *union.get("views", ()),
        *views.get("views", ()),
        *removal.get("statements", ()),
        *removal.get("looks", ()),
    ]:
        yield {**statement, "kind": kind_of(case, statement), "group": case["group"]}


# The line above a statement that says what it is for.
COMMENT = re.compile(r"(?:--[^\n]*\n)?")
LITERAL = re.compile(r"'(?:[^'\\]|\\.|'')*'", re.DOTALL)
NAMED = re.compile(r'"[^"]*"|`[^`]*`|\[#?\w+\]')
NUMBER = re.compile(r"[-+]?\b\d[\w.]*")
# A statement that is longer is made of the same pieces as others.
LONGEST_LOOKED_AT = 20_000


def pieces_of(case):
    """What the statements of a case are made of, kind by kind, whatever the names and values are."""
    return {
        piece
        for statement in statements_of(case)
        if len(statement["sql"]) < LONGEST_LOOKED_AT
        for piece in pieces_in(statement)
    }


def pieces_in(statement):
    if statement["group"] in HOSTILE:
        return set()
    sql = NUMBER.sub("?", NAMED.sub("@", LITERAL.sub("?", statement["sql"])))
    return {(statement["kind"], piece.strip()) for piece in re.split(r"[,\n]", sql)}


def write_csv(place, file):
    """Texts stand in quotes, even when they are empty; nothing at all is a null."""

    def field(cell):
        return "" if cell is None else f'"{cell.replace(chr(34), chr(34) * 2)}"' if isinstance(cell, str) else json.dumps(cell)

    place.write(",".join(field(column["name"]) for column in file["columns"]) + "\n")
    for row in file["rows"]:
        place.write(",".join(map(field, row)) + "\n")


def write_json(place, file):
    """An object for each row, numbers as numbers."""
    for row in file["rows"]:
        cells = zip(file["columns"], row)
        shown = {
            column["name"]: int(cell) if column["logicalType"] == "integer" and cell is not None else cell
            for column, cell in cells
        }
        place.write(json.dumps(shown, ensure_ascii=False) + "\n")


def said(error):
    text = str(error).strip() or type(error).__name__
    return text[:400]


def fault_of(work):
    """What went wrong, in words."""
    try:
        work()
    except Exception as error:
        return said(error)
    return None


def about(case, statement, fault):
    return fault and f"{case['name']}: {fault}\n    {statement['sql'][:600]}"


def micros(text):
    """Microseconds since 1970 of an ISO-8601 instant of any year from 0000 to 9999."""
    date, time = text.rstrip("Z").replace("T", " ").split(" ")
    year, month, day = (int(part) for part in date.split("-"))
    hours, minutes, seconds = time.split(":")
    whole, _, fraction = seconds.partition(".")
    # Days since 1970 of the proleptic Gregorian calendar, counted in years that begin in March.
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    days = era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468
    of_day = (int(hours) * 60 + int(minutes)) * 60 + int(whole)
    return (days * 86_400 + of_day) * 1_000_000 + int(fraction.ljust(6, "0")[:6])


def held(cell, column):
    """A previewed cell as a value that can be compared."""
    if cell is None:
        return None
    match column["logicalType"]:
        case "integer":
            return int(cell)
        case "float":
            return float(cell)
        case "timestamp":
            return micros(cell)
        case _:
            return cell


def in_order(rows):
    """Tables have no order: rows in the order of what they hold."""
    return sorted((list(row) for row in rows), key=repr)


def first_difference(wanted, found, columns):
    if len(wanted) != len(found):
        return f"{len(wanted)} rows previewed, {len(found)} read back"
    for previewed, read in zip(wanted, found):
        for column, one, other in zip(columns, previewed, read):
            if one != other or type(one) is not type(other):
                return f"{column['name']}: previewed {short(one)}, read back {short(other)}"
    return None


def short(value):
    text = repr(value)
    return text if len(text) < 200 else f"{text[:120]}… ({len(text)})…{text[-40:]}"


def read_cases(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main(*checkers):
    """`python checker.py FOLDER`: checks the cases of each warehouse in the folder and writes a result beside them."""
    folder = sys.argv[1]
    for kind in checkers:
        checker = kind()
        try:
            result = checker.run(read_cases(f"{folder}/{checker.warehouse}.ndjson"))
        except Exception:
            traceback.print_exc()
            raise SystemExit(1) from None
        finally:
            checker.close()
        result.write(f"{folder}/{checker.warehouse}.{checker.name.lower().replace(' ', '-')}.json")
