"""What the ready-made questions should be answered, worked out from the previewed rows without any SQL."""

import datetime
import math

HOUR = 3_600_000_000
EPOCH = datetime.datetime(1970, 1, 1)


def expected(question, case, held):
    """The rows of the answer; nothing where rows of one time leave it open, or where nobody but the engine can tell."""
    kind, _, _ = question["id"].partition(".")
    names = [need.split(".", 1) for need in question["needs"]]
    found = [table for table in case["tables"] if table["name"].lower() == names[0][0]]
    if not found or kind not in ANSWERS:
        return None
    places = {column["name"].lower(): place for place, column in enumerate(found[0]["columns"])}
    columns = [(places[name], found[0]["columns"][places[name]]) for _, name in names]
    rows = [tuple(held(row[place], column) for place, column in columns) for row in found[0]["rows"]]
    return ANSWERS[kind](rows)


def difference(question, wanted, found):
    """The first difference between an answer and what it should be."""
    kind, _, _ = question["id"].partition(".")
    shown = SHOWN.get(kind)
    found = [tuple(row) if shown is None else tuple(row[place] for place in shown) for row in found]
    wanted, found = (sorted(([plain(cell) for cell in row] for row in rows), key=repr) for rows in (wanted, found))
    if len(wanted) != len(found):
        return f"{len(found)} rows in the place of {len(wanted)}: {found[:5]} in the place of {wanted[:5]}"
    for one, other in zip(wanted, found):
        if not all(same(*cells) for cells in zip(one, other)):
            return f"{other} in the place of {one}"
    return None


def plain(cell):
    """A cell as a number or a text, whatever the engine's client makes of it."""
    if cell is None or isinstance(cell, float):
        return cell
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, bool):
        return str(cell).upper()
    text = str(cell)
    try:
        return float(text)
    except ValueError:
        return text.upper() if text.upper() in ("TRUE", "FALSE") else text


def same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-3)
    return one == other


def day(micros):
    return None if micros is None else (EPOCH + datetime.timedelta(microseconds=micros)).date().isoformat()


def members_now(rows):
    return [(person,) for person, member in rows if member]


def overlap(rows):
    counted = [sum(wanted(bool(one), bool(other)) for one, other in rows) for wanted in (
        lambda one, other: one and other,
        lambda one, other: one and not other,
        lambda one, other: other and not one,
    )]
    return [counted]


def total(rows):
    values = [number for member, number in rows if member and number is not None]
    members = sum(bool(member) for member, _ in rows)
    return [(members, sum(values) if values else None, sum(values) / len(values) if values else None)]


def stays(rows):
    """Of each person the moments at which a membership began or ended; nothing where two have the same time."""
    people = {}
    for person, time, member in rows:
        if person is not None and member is not None:
            people.setdefault(person, []).append((time, member))
    moved = []
    for person, moments in people.items():
        moments.sort(key=lambda moment: (moment[0] is None, moment[0]))
        times = [time for time, _ in moments]
        if None in times or len(set(times)) < len(times):
            return None
        before = None
        for time, member in moments:
            if member != before:
                moved.append((person, time, member, before))
            before = member
    return moved


def size_over_time(rows):
    moved = stays(rows)
    if moved is None:
        return None
    days = {day(time): 0 for person, time, member in rows if person is not None and member is not None}
    for _, time, member, before in moved:
        days[day(time)] += 1 if member else 0 if before is None else -1
    size, sizes = 0, []
    for on_day in sorted(days):
        size += days[on_day]
        sizes.append((on_day, size))
    return sizes


def time_in(rows):
    moved = stays(rows)
    if moved is None:
        return None
    ends = {}
    for (person, _, _, _), (other, time, _, _) in zip(moved, moved[1:]):
        ends[len(ends)] = time if other == person else None
    ends[len(ends)] = None
    return [
        (person, None if ends[place] is None else (ends[place] - time) / HOUR)
        for place, (person, time, member, _) in enumerate(moved)
        if member
    ]


def latest(rows):
    people = {}
    for person, time, value in rows:
        if person is not None and value is not None:
            people.setdefault(person, []).append(time)
    if any(None in times or times.count(max(times)) > 1 for times in people.values()):
        return None
    newest = {person: max(times) for person, times in people.items()}
    return [(person,) for person, time, value in rows if value is not None and newest.get(person) == time]


def how_often(rows):
    values = {value for _, value in rows}
    return [
        (
            value,
            sum(other == value for _, other in rows),
            len({person for person, other in rows if other == value and person is not None}),
        )
        for value in values
    ]


def rows_by_day(rows):
    days = [day(time) for (time,) in rows]
    return [(on_day, days.count(on_day)) for on_day in set(days)]


ANSWERS = {
    "members-now": members_now,
    "overlap": overlap,
    "total": total,
    "size-over-time": size_over_time,
    "time-in": time_in,
    "latest": latest,
    "how-often": how_often,
    "rows-by-day": rows_by_day,
}
# Of some answers, the columns that every engine gives alike.
SHOWN = {"time-in": (0, 3), "latest": (0,)}
