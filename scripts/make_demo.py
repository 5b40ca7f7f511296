#!/usr/bin/env python3
"""Writes the built-in show, assets/demo.tape: an invented sales floor over two minutes of one afternoon.

    scripts/make_demo.py              the tape, from the story below and the pictures in assets/img/
    scripts/make_demo.py --check      say whether the tape on disk is that one, write nothing
    scripts/make_demo.py --pictures   first draw assets/img/*.png from assets/img/src/*.svg (rsvg-convert, pngquant)

The tape depends on nothing but this file and the pictures: no clock, no chance.
People, accounts and figures are made up.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
from datetime import datetime, timedelta, timezone

ASSETS = pathlib.Path(__file__).resolve().parent.parent / "assets"
TAPE = ASSETS / "demo.tape"
START = datetime(2026, 1, 26, 14, 30, tzinfo=timezone.utc)
UNIT = 10_000  # won figures below are in units of 10,000 yen, so that millions show two whole decimals

TEAMS = {
    "tokyo": ("Tokyo", "#2F6BFF"),
    "osaka": ("Osaka", "#FF8A2F"),
    "lisbon": ("Lisbon", "#1FA37A"),
    "toronto": ("Toronto", "#B04AE0"),
}

# id: name, short name, team, won this morning, won until yesterday, demos, days to close
PEOPLE = {
    "aoi": ("森下 葵", "森下", "tokyo", 1788, 1748, 29, 19.2),
    "hinata": ("早川 ひなた", "早川", "tokyo", 964, 964, 24, None),
    "marit": ("Marit Solvang", "Marit", "tokyo", 1596, 1596, None, 18.4),
    "kotone": ("茅野 ことね", "茅野", "tokyo", 655, 610, 19, None),
    "gaku": ("大槻 岳", "大槻", "osaka", 1417, 1417, 34, None),
    "chihiro": ("芦田 千尋", "芦田", "osaka", 1360, 1328, None, None),
    "ren": ("久我 蓮", "久我", "osaka", 1082, 1082, 22, 28.3),
    "naoki": ("桐生 直樹", "桐生", "osaka", None, None, None, None),
    "kwame": ("Kwame Ofori-Mensah", "Kwame", "lisbon", 1731, 1569, 22, 21.6),
    "ines": ("Inês Carvalhal", "Inês", "lisbon", 1502, 1410, 27, 21.6),
    "piotr": ("Piotr Wójcicki", "Piotr", "lisbon", 918, 896, 17, None),
    "duarte": ("Duarte Valmor", "Duarte", "lisbon", 873, 873, None, None),
    "devika": ("Devika Narang", "Devika", "toronto", 1135, 1090, 26, 24.0),
    "callum": ("Callum Strachan", "Callum", "toronto", 1360, 1300, 33, None),
    "noor": ("Noor Kassab", "Noor", "toronto", 1214, 1152, 29, 25.7),
    "ritsuko": ("真壁 律子", "真壁", "toronto", 790, 790, None, None),
}
PICTURED = ["aoi", "callum", "devika", "gaku", "kwame", "marit"]  # everyone who ever leads a slide
NEW = "naoki"  # no target yet, no figure until the first deal
PERIOD = {
    "label": "January",
    "start": "2026-01-01T00:00:00Z",
    "end": "2026-02-01T00:00:00Z",
    "days_total": 21,
    "days_left": 5,
}
METRICS = {
    "won": {"label": "Closed revenue", "unit": "currency", "currency": "JPY", "decimals": 0, "kind": "lagging"},
    "demos": {"label": "Demos held", "unit": "count", "kind": "leading"},
    "cycle": {"label": "First call to contract", "unit": "days", "decimals": 1, "kind": "lagging", "better": "down"},
}
TARGET, PACE = 1500, 1240  # a person's, in units
DEMOS_TARGET, DEMOS_PACE = 370, 290

# Seconds from the start; deals (who, units, account); demos held (who, how many); new days to close; or the same again.
STORY = [
    (0, [], [], {}),
    (8, [("kwame", 32, "Halden Ferries")], [("gaku", 1)], {}),
    (16, [("noor", 152, "Copperline Rail")], [("noor", 1)], {}),
    (23, [("kwame", 79, "Porto Glassworks")], [("callum", 1)], {"kwame": 21.2}),  # takes the lead
    (32, "again"),
    (40, [("devika", 420, "Lakehead Robotics")], [("callum", 1)], {"devika": 21.2}),  # ninth to fourth
    # A tie is made, another broken.
    (48, [("hinata", 118, "Kazehaya Foods"), ("callum", 30, "Birchmount Labs")], [("devika", 1)], {}),
    # A first deal, and a twelfth place for somebody else.
    (57, [("naoki", 210, "Minato Paper"), ("duarte", 64, "Azul Ceramics")], [("naoki", 1), ("kwame", 1)], {}),
    (65, [("aoi", 54, "Sorano Textiles")], [("callum", 1)], {}),  # level at the top
    (74, [("aoi", 37, "Hoshimi Optics")], [("hinata", 2)], {"aoi": 18.9}),  # alone at the top, and so is Tokyo
    (82, [("ines", 53, "Ribeira Coffee"), ("ren", 21, "Tsukimi Tools")], [("ines", 1)], {}),
    (90, [("devika", 361, "Northgate Grid")], [("aoi", 2)], {"devika": 19.6}),  # fourth to first
    (99, [("gaku", 160, "Nagisa Marine"), ("chihiro", 35, "Umeda Print")], [("gaku", 1)], {}),
    (108, [("marit", 250, "Fjordlys Energy")], [("gaku", 1)], {"marit": 18.1}),  # Tokyo level with Toronto
    (117, "again"),
]


def places(figures, down=False):
    """Competition ranks ("1224") of everyone with a figure."""
    known = {who: value for who, value in figures.items() if value is not None}
    better = (lambda a, b: a < b) if down else (lambda a, b: a > b)
    return {who: 1 + sum(better(other, value) for other in known.values()) for who, value in known.items()}


def history(seed, past, now):
    """Twelve values, rising, the last two being yesterday's and now."""
    steps = [0 if (day + seed) % 4 == 0 else 3 + (day * 7 + seed * 5) % 9 for day in range(10)]
    base = past * (20 + seed * 3 % 15) // 100
    earlier = [base + (past - base) * sum(steps[:day]) // sum(steps) for day in range(10)]
    return earlier + [past, now]


def ranking(slide, title, of, metric, rows, more):
    shared = {"id": slide, "type": "ranking", "title": title, "of": of, "metric": metric, "period": PERIOD}
    return shared | more | {"rows": rows}


class Floor:
    """The state of the floor, and the board that says it."""

    def __init__(self):
        self.rev = 0
        self.won = {who: row[3] for who, row in PEOPLE.items()}
        self.demos = {who: row[5] for who, row in PEOPLE.items() if row[5] is not None} | {NEW: None}
        self.cycle = {who: row[6] for who, row in PEOPLE.items() if row[6] is not None} | {NEW: None}
        self.recent = {}
        self.leaders = {}  # slide: {who: since}
        yesterday = {who: value and value - index % 3 for index, (who, value) in enumerate(self.demos.items())}
        self.was_demos = places(yesterday)

    def apply(self, deals, demos, cycle):
        self.rev += 1
        for who, units, account in deals:
            self.won[who] = (self.won[who] or 0) + units
            self.recent[who] = {"value": units * UNIT, "label": account}
        for who, count in demos:
            self.demos[who] = (self.demos[who] or 0) + count
        self.cycle.update(cycle)

    def lead(self, slide, figures, now, down=False):
        """Who leads and since when, everyone who is level at the top."""
        best = [who for who, place in places(figures, down).items() if place == 1]
        before = self.leaders.get(slide)
        since = {who: "2026-01-26T09:12:00Z" if before is None else before.get(who, now) for who in best}
        self.leaders[slide] = since
        return {who: {"leader_since": at} for who, at in since.items()}

    def team_figures(self, figures):
        return {team: sum(figures[who] or 0 for who in PEOPLE if PEOPLE[who][2] == team) for team in TEAMS}

    def people_slide(self, now):
        lead = self.lead("won", self.won, now)
        was = places({who: row[4] for who, row in PEOPLE.items()})
        rows = []
        for seed, (who, value) in enumerate(self.won.items()):
            row = {"who": f"p:{who}", "value": None if value is None else value * UNIT}
            if who != NEW:
                row |= {"target": TARGET * UNIT, "pace": PACE * UNIT, "was_rank": was[who]}
                row["history"] = [units * UNIT for units in history(seed, PEOPLE[who][4], value)]
            if self.demos.get(who) is not None:
                row["also"] = {"demos": self.demos[who]}
            if who in self.recent:
                row["recent"] = self.recent[who]
            rows.append(row | lead.get(who, {}))
        more = {"show": {"top": 12}, "total": self.won_total()}
        return ranking("stack", "Stack ranking", "people", "won", rows, more)

    def won_total(self):
        counted = len(PEOPLE) - 1
        won = sum(value or 0 for value in self.won.values())
        units = {"value": won, "target": counted * TARGET, "pace": counted * PACE}
        return {key: value * UNIT for key, value in units.items()}

    def team_slide(self, now):
        figures = self.team_figures(self.won)
        lead = self.lead("teams", figures, now)
        was = places(self.team_figures({who: row[4] for who, row in PEOPLE.items()}))
        rows = []
        for team, value in figures.items():
            members = sorted((who for who in PEOPLE if PEOPLE[who][2] == team), key=lambda who: -(self.won[who] or 0))
            counted = sum(who != NEW for who in members)
            parts = [{"who": f"p:{who}", "value": self.won[who] * UNIT} for who in members if self.won[who] is not None]
            row = {"who": f"t:{team}", "value": value * UNIT}
            row |= {"target": counted * TARGET * UNIT, "pace": counted * PACE * UNIT, "was_rank": was[team]}
            rows.append(row | {"members": len(members), "parts": parts} | lead.get(team, {}))
        return ranking("teams", "Team ranking", "teams", "won", rows, {"total": self.won_total()})

    def demos_slide(self, now):
        lead = self.lead("demos", self.demos, now)
        rows = []
        for seed, (who, value) in enumerate(self.demos.items()):
            row = {"who": f"p:{who}", "value": value}
            if who != NEW:
                start = PEOPLE[who][5]
                row |= {"was_rank": self.was_demos[who], "history": history(seed, start, value)}
            rows.append(row | lead.get(who, {}))
        held = sum(value or 0 for value in self.demos.values())
        total = {"value": held, "target": DEMOS_TARGET, "pace": DEMOS_PACE}
        return ranking("demos", "Demos held", "people", "demos", rows, {"total": total})

    def cycle_slide(self, now):
        lead = self.lead("cycle", self.cycle, now, down=True)
        rows = [{"who": f"p:{who}", "value": value} | lead.get(who, {}) for who, value in self.cycle.items()]
        return ranking("cycle", "Days to close", "people", "cycle", rows, {})

    def board(self, seconds):
        now = (START + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        people = {}
        for who, (name, short, team, *_) in PEOPLE.items():
            people[f"p:{who}"] = {"name": name, "short": short, "team": f"t:{team}"}
            if who in PICTURED:
                digest = hashlib.sha256((ASSETS / "img" / f"{who}.png").read_bytes()).hexdigest()
                people[f"p:{who}"]["photo"] = {"url": f"img/{who}.png", "sha256": digest}
        people[f"p:{NEW}"]["joined"] = "2026-01-19"
        return {
            "format": "salesboard/1",
            "board": "demo-floor",
            "epoch": "demo",
            "rev": self.rev,
            "as_of": now,
            "fresh_for_s": 120,
            "tz": "Europe/Lisbon",
            "locale": "en-GB",
            "metrics": METRICS,
            "teams": {f"t:{team}": {"name": name, "color": color} for team, (name, color) in TEAMS.items()},
            "people": people,
            "slides": [self.people_slide(now), self.team_slide(now), self.demos_slide(now), self.cycle_slide(now)],
        }


def tape():
    floor, body, lines = Floor(), None, []
    for seconds, *what in STORY:
        if what != ["again"]:
            floor.apply(*what)
            body = floor.board(seconds)
        lines.append(json.dumps({"ms": seconds * 1000, "body": body}, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(lines)


def draw():
    """PNG of 256 colours from each SVG: a third of the bytes of the full one, alike to the eye."""
    quantise = ["pngquant", "--speed", "1", "--strip", "--quality", "80-100", "256", "-"]
    for who in PICTURED:
        source, picture = ASSETS / "img" / "src" / f"{who}.svg", ASSETS / "img" / f"{who}.png"
        full = subprocess.run(["rsvg-convert", source], check=True, stdout=subprocess.PIPE).stdout
        picture.write_bytes(subprocess.run(quantise, input=full, check=True, stdout=subprocess.PIPE).stdout)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="compare only")
    arguments.add_argument("--pictures", action="store_true", help="draw the PNGs again first")
    options = arguments.parse_args()
    if options.pictures:
        draw()
    text = tape()
    if options.check:
        if not TAPE.exists() or TAPE.read_text(encoding="utf-8") != text:
            sys.exit(f"{TAPE.name} is not what this script writes: run scripts/make_demo.py")
    else:
        TAPE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
