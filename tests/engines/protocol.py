"""What every checker shares: cases in, statements checked, rows read back and compared, a result out.

A case is one warehouse of one scenario, as `cases.rs` writes it: a line of JSON with the statements in their order and
the tables they should leave behind. A checker is an engine that runs statements (`Engine`), or an analyser or parser
that reads them (`Reader`). Its result says what it did and every fault it found.
"""

import json
import re
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, field

MOST_FAULTS = 20
# What these groups try is said by others with fewer values.
TRIED_ONCE = ("hostile", "long", "small batches")
EXECUTED, ANALYSED, PARSED = "executed", "analysed", "parsed"


@dataclass
class Gap:
    """A piece of SQL that a checker cannot read, though the warehouse can, and what it is given in its place."""

    written: str
    """A regular expression."""
    read_as: object
    """What takes its place, or a function that says so."""
    reason: str
    met: int = 0

    def closed(self, sql):
        sql, times = re.subn(self.written, self.read_as, sql)
        self.met += times
        return sql


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
    # How many of the cases of each group are looked at: all of them, unless told otherwise.
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
        """The statement with its gaps closed."""
        for gap in self.gaps:
            sql = gap.closed(sql)
        return sql

    def run(self, cases):
        result = Result(self.name, self.version(), self.how, self.warehouse)
        seen = Counter()
        for case in cases:
            group = case["group"]
            seen[group] += 1
            if (seen[group] - 1) % self.one_in.get(group, 1):
                continue
            result.figures[group] += 1
            self.check(case, result)
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

    # Statements that differ in nothing but their literals are one to a parser; so many of each kind are read.
    most_of_a_kind = None

    def __init__(self):
        super().__init__()
        self.known = set()
        self.taken = Counter()

    def read(self, sql):
        """Raises what is wrong with a statement."""
        raise NotImplementedError

    def is_new(self, statement):
        kind, sql = statement["kind"], statement["sql"]
        if sql in self.known or self.taken[kind] == self.most_of_a_kind:
            return False
        self.known.add(sql)
        self.taken[kind] += 1
        return True

    def check(self, case, result):
        self.ask_about_words(case, result)
        for statement in case["statements"]:
            if statement["kind"] in self.beyond or not self.is_new(statement):
                continue
            fault = fault_of(lambda: self.read(self.readable(statement["sql"])))
            if result.tried("reads every statement", about(case, statement, fault)):
                result.statements[statement["kind"]] += 1


class Engine(Checker):
    """An engine that runs statements and keeps tables."""

    how = EXECUTED
    # Whether the warehouse takes wider rows than the engine that stands in for it.
    takes_less_width = False

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

    def check(self, case, result):
        self.ask_about_words(case, result)
        if not self.runs(case, case["statements"], result, "runs every statement"):
            return
        law = "reads back what was previewed"
        self.reads_back(case, result, f"{law}, loaded two rows at a time" if case["group"] == "small batches" else law)
        if case["group"] == "hostile":
            result.figures["hostile names"] += case["hostileNames"]
            result.figures["hostile values"] += case["hostileValues"]
            fault = fault_of(self.canary)
            result.tried("lets nothing out of its literal", fault and f"{case['name']}: {fault}")
        if case["group"] not in TRIED_ONCE:
            self.run_again(case, result)
            self.compare_whole(case, result)

    def runs(self, case, statements, result, law):
        """Runs statements on an empty warehouse until one fails."""
        self.begin(case)
        return self.goes_on(case, statements, result, law)

    def goes_on(self, case, statements, result, law):
        for statement in statements:
            if statement["kind"] in self.beyond:
                continue
            fault = fault_of(lambda: self.execute(self.readable(statement["sql"])))
            if fault and self.is_about_width(fault):
                if case["isWide"] or self.takes_less_width:
                    result.figures["rows refused for their width"] += 1
                    return False
            if fault:
                return result.tried(law, about(case, statement, fault))
            result.statements[statement["kind"]] += 1
        return result.tried(law)

    def reads_back(self, case, result, law):
        for table in case["tables"]:
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
            self.reads_back(case, result, law)

    def compare_whole(self, case, result):
        """A table grown step by step equals the table created whole."""
        law = "grows a table into the table created whole"
        try:
            grown = self.catalog(case["schema"])
        except Exception as error:
            result.tried(law, f"{case['name']}: {said(error)}")
            return
        if self.runs(case, case["whole"], result, law):
            whole = self.catalog(case["schema"])
            fault = None if grown == whole else f"{case['name']}: grown {grown}, whole {whole}"
            result.tried(law, fault)


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
