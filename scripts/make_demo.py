#!/usr/bin/env python3
"""Writes the built-in show, assets/demo.tape: an invented sales floor over two minutes of one afternoon.

    scripts/make_demo.py              the tape, from the story below and the pictures in assets/img/
    scripts/make_demo.py --check      say whether the tape on disk is that one, write nothing
    scripts/make_demo.py --locale ja --to FILE   another floor's language, into another file
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
    "calls": {"label": "New calls", "unit": "count", "kind": "leading"},
    "meetings": {"label": "Meetings held", "unit": "count", "kind": "leading"},
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


# Deals of so many units are a takeover, a banner; smaller ones a line.
TAKEOVER, BANNER = 300, 100
EVENTS = 8  # celebrations that a board remembers

# The cup: first round, then who won it. Scores are demos of that week.
CUP = [
    [("aoi", 1, 9, "piotr", 8, 4), ("ines", 4, 7, "ren", 5, 6), ("gaku", 2, 8, "noor", 7, 7), ("callum", 3, 10, "devika", 6, 8)],
]
AXES = ["Discovery", "Demo", "Objections", "Pricing", "Closing", "Follow-up"]
SKILLS = {
    "tokyo": ([74, 71, 58, 66, 69, 77], [70, 72, 55, 66, 66, 73], 5),
    "lisbon": ([69, 78, 61, 72, 64, 70], [69, 74, 57, 68, 66, 70], 6),
}
ASK = [(2, "marit", 88), (2, "ines", 81), (4, "kwame", 90), (3, "aoi", 86), (0, "kotone", 84), (1, "duarte", 92),
       (5, "hinata", 83), (0, "piotr", 79)]


# What the floor says in Japanese, for the sheet of the README: every text but names, accounts and dates.
JAPANESE = {
    "Tokyo": "東京", "Osaka": "大阪", "Lisbon": "リスボン", "Toronto": "トロント",
    "January": "1月", "This week": "今週",
    "New calls": "新規架電", "Meetings held": "訪問", "Closed revenue": "受注額", "Demos held": "デモ実施",
    "First call to contract": "初回架電から契約", "Days to close": "成約日数",
    "Stack ranking": "営業ランキング", "Team ranking": "チームランキング", "Demo sprint": "デモ競争", "Demo cup": "デモ杯",
    "Goals": "目標", "Scorecard": "スコアカード", "Recognition": "表彰", "New here": "新人の成長", "Strengths": "チームの強み",
    "Play of the week": "今週の一手", "Pipeline review": "案件会議",
    "24 h": "24時間", "Most demos held": "デモ実施数",
    "Weekend in the mountains for two": "温泉宿ペア一泊", "Dinner for two": "ペアディナー", "A day on the sailing boat": "ヨット一日体験",
    "Quarter-final": "準々決勝", "Semi-final": "準決勝", "Final": "決勝",
    "Top performer": "今月の首位", "Deals": "受注件数", "Best day": "最高の日", "14 Jan": "1月14日", "Streak": "連続達成",
    "4 weeks": "4週", "Over 150 million": "1億5千万円突破", "The customer wrote in": "お客様の声",
    "They stayed on the line until our ferry was booked.": "船の予約が取れるまで電話で付き合ってくれました。",
    "Product": "製品研修", "First deal": "初受注", "Half quota": "ノルマ半分",
    "Discovery": "課題把握", "Demo": "デモ", "Objections": "反論対応", "Pricing": "価格交渉", "Closing": "成約", "Follow-up": "追客",
    "Thursday 09:30, room Tejo": "木曜 9:30 会議室テージョ",
    "Book the next step before you hang up": "電話を切る前に次の約束を取る",
    "Name the cost": "損失を言う", "So each delay is two lost days?": "遅れるたびに二日の損ですね。",
    "Offer two times": "日時を二つ出す", "Tuesday at ten, or Thursday?": "火曜10時か木曜はいかがですか。",
    "Send it on the call": "通話中に送る", "Can you see the invitation?": "招待状は届いていますか。",
    "Calls that book a demo": "デモに至る電話",
    "When": "時間", "Where": "場所", "Room Tejo": "会議室テージョ", "Bring": "持ち物", "Top 5 deals": "上位5案件",
    "Cake after it.": "終わったらケーキがあります。",
}
SAID = {"label", "title", "headline", "text", "rules", "do", "say", "axes"}  # keys of what is read on the wall


def in_japanese(value, key=None):
    """A board with its texts in Japanese; one that is missing here is an error."""
    if isinstance(value, dict):
        account = "recent" if key == "recent" else None
        teams = {"name"} if key and key.startswith("t:") else set()
        return {k: v if account and k == "label" and v not in JAPANESE
                else in_japanese(v, "label" if k in teams or (k == "value" and isinstance(v, str)) else k)
                for k, v in value.items()}
    if isinstance(value, list):
        return [in_japanese(item, key) for item in value]
    if key not in SAID or not isinstance(value, str):
        return value
    if value not in JAPANESE and any(c.isalpha() for c in value):
        sys.exit(f"no Japanese for {value!r}")
    return JAPANESE.get(value, value)


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
        self.events = []  # newest first
        self.sprint = {who: value % 11 for who, value in self.demos.items() if value is not None}
        yesterday = {who: value and value - index % 3 for index, (who, value) in enumerate(self.demos.items())}
        self.was_demos = places(yesterday)

    def celebrate(self, who, units, account, seconds):
        at = START + timedelta(seconds=seconds)
        self.events.insert(0, {
            "id": f"deal:{self.rev}:{who}",
            "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "until": f"{at + timedelta(minutes=10):%Y-%m-%dT%H:%M:%SZ}",
            "kind": "won",
            "who": [f"p:{who}"],
            "metric": "won",
            "value": units * UNIT,
            "account": account,
            "slide": "stack",
            "tier": 3 if units >= TAKEOVER else 2 if units >= BANNER else 1,
        })
        del self.events[EVENTS:]

    def apply(self, seconds, deals, demos, cycle):
        self.rev += 1
        for who, units, account in deals:
            self.celebrate(who, units, account, seconds)
            self.won[who] = (self.won[who] or 0) + units
            self.recent[who] = {"value": units * UNIT, "label": account}
        for who, count in demos:
            self.demos[who] = (self.demos[who] or 0) + count
            self.sprint[who] = self.sprint.get(who, 0) + count
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

    def contest_slide(self):
        was = sorted(self.sprint, key=lambda who: -(PEOPLE[who][5] or 0) % 11)
        rows = []
        for who, value in sorted(self.sprint.items(), key=lambda entry: -entry[1]):
            row = {"who": f"p:{who}", "value": value, "was_rank": was.index(who) + 1}
            if who in ("callum", "gaku"):
                row["recent"] = {"value": 3, "label": "24 h"}
            rows.append(row)
        period = {"label": "This week", "start": "2026-01-26T00:00:00Z", "end": "2026-01-30T17:00:00Z"}
        prizes = [{"place": 1, "label": "Weekend in the mountains for two"}, {"place": 2, "label": "Dinner for two"}]
        return {"id": "sprint", "type": "contest", "title": "Demo sprint", "of": "people", "metric": "demos",
                "format": "most", "state": "running", "period": period, "rules": "Most demos held",
                "prizes": prizes, "rows": rows}

    def cup_slide(self):
        side = lambda who, seed, value: {"who": f"p:{who}", "seed": seed, "value": value}
        first = [{"a": side(a, s, v), "b": side(b, t, w), "winner": "a" if v > w else "b"} for a, s, v, b, t, w in CUP[0]]
        live = {who: self.demos[who] % 9 for who in ("aoi", "ines", "gaku", "callum")}
        semis = [{"a": side("aoi", 1, live["aoi"]), "b": side("ines", 4, live["ines"]), "winner": None},
                 {"a": side("gaku", 2, live["gaku"]), "b": side("callum", 3, live["callum"]), "winner": None}]
        final = [{"a": {"from": [1, 0]}, "b": {"from": [1, 1]}, "winner": None}]
        rounds = [{"label": "Quarter-final", "end": "2026-01-23T17:00:00Z", "matches": first},
                  {"label": "Semi-final", "end": "2026-01-28T17:00:00Z", "matches": semis},
                  {"label": "Final", "end": "2026-01-30T17:00:00Z", "matches": final}]
        return {"id": "cup", "type": "bracket", "title": "Demo cup", "of": "people", "metric": "demos", "rounds": rounds,
                "prizes": [{"place": 1, "label": "A day on the sailing boat"}]}

    def goals_slide(self):
        total, figures = self.won_total(), self.team_figures(self.won)
        rows = [{"scope": "company", "metric": "won", **total, "forecast": total["value"] * 21 // 16}]
        for team, value in figures.items():
            counted = sum(who != NEW for who in PEOPLE if PEOPLE[who][2] == team)
            rows.append({"scope": "team", "who": f"t:{team}", "metric": "won", "value": value * UNIT,
                         "target": counted * TARGET * UNIT, "pace": counted * PACE * UNIT,
                         "forecast": value * UNIT * 21 // 16})
        return {"id": "goals", "type": "goals", "title": "Goals", "period": PERIOD, "rows": rows}

    def scorecard_slide(self):
        columns = [{"metric": "calls", "weight": 20}, {"metric": "meetings", "weight": 30},
                   {"metric": "demos", "weight": 50}, {"metric": "won"}]
        rows = []
        for index, who in enumerate(["devika", "aoi", "gaku", "kwame"]):
            demos, won = self.demos[who], self.won[who]
            cell = lambda value, target, pace: {"value": value, "target": target, "pace": pace}
            cells = [cell(7 * demos + 5 * index, 240, 183), cell(demos + 6 - 3 * index, 40, 30),
                     cell(demos, 32, 24), cell(won * UNIT, TARGET * UNIT, PACE * UNIT)]
            rows.append({"scope": "person", "who": f"p:{who}", "cells": cells})
        return {"id": "score", "type": "scorecard", "title": "Scorecard", "of": "people", "period": PERIOD,
                "columns": columns, "rows": rows}

    def praise_slide(self):
        best = max((who for who in PICTURED), key=lambda who: self.won[who])
        deals = {"label": "Best day", "value": "14 Jan"}
        total = self.won_total()["value"]
        passed = [{"value": 50_000_000, "at": "2026-01-09T11:00:00Z"}, {"value": 100_000_000, "at": "2026-01-16T15:20:00Z"},
                  {"value": 150_000_000, "at": "2026-01-23T10:05:00Z"}, {"value": 250_000_000}]
        items = [
            {"who": [f"p:{best}"], "headline": "Top performer", "metric": "won", "value": self.won[best] * UNIT,
             "facts": [{"label": "Deals", "value": "11"}, deals, {"label": "Streak", "value": "4 weeks"}]},
            {"who": ["p:kotone"], "headline": "Over 150 million", "metric": "won", "value": total, "milestones": passed},
            {"who": ["p:noor", "p:callum"], "badge": "star", "headline": "The customer wrote in",
             "text": "They stayed on the line until our ferry was booked.", "from": "Halden Ferries"},
        ]
        return {"id": "praise", "type": "recognition", "title": "Recognition", "period": PERIOD, "items": items}

    def ramp_slide(self):
        plan = [(0, 0), (20, 8), (40, 30), (60, 60), (75, 85), (90, 100)]
        actual = [(0, 0), (20, 11), (40, 36), (48, 49)]
        days = sorted({day for day, _ in plan + actual})
        line = lambda points, day: next((value for at, value in points if at == day), None)
        series = [{"day": day, "plan": line(plan, day), "actual": line(actual, day)} for day in days]
        series = [{key: value for key, value in point.items() if value is not None} for point in series]
        stages = [{"label": "Product", "due_day": 20, "state": "done", "on_day": 17},
                  {"label": "First deal", "due_day": 60, "state": "done", "on_day": 41},
                  {"label": "Half quota", "due_day": 75, "state": "open"}]
        rows = [{"who": "p:ritsuko", "started": "2025-12-09", "day": 48, "days": 90, "mentor": "p:devika",
                 "stages": stages, "series": series}]
        return {"id": "ramp", "type": "ramp", "title": "New here", "rows": rows}

    def skills_slide(self):
        rows = [{"who": f"t:{team}", "now": now, "before": before, "n": n} for team, (now, before, n) in SKILLS.items()]
        ask = [{"axis": axis, "who": f"p:{who}", "value": value} for axis, who, value in ASK]
        return {"id": "skills", "type": "skills", "title": "Strengths", "of": "teams", "axes": AXES,
                "scale": {"min": 0, "max": 100, "par": 70, "unit": "%"}, "rows": rows, "ask": ask,
                "focus": [{"axis": 2, "text": "Thursday 09:30, room Tejo"}]}

    def play_slide(self):
        steps = [{"do": "Name the cost", "say": "So each delay is two lost days?"},
                 {"do": "Offer two times", "say": "Tuesday at ten, or Thursday?"},
                 {"do": "Send it on the call", "say": "Can you see the invitation?"}]
        return {"id": "play", "type": "coaching", "title": "Play of the week", "items": [
            {"headline": "Book the next step before you hang up", "who": ["p:marit"], "steps": steps,
             "proof": {"label": "Calls that book a demo", "before": 0.31, "after": 0.44, "unit": "ratio"},
             "end": "2026-01-31T00:00:00Z"}]}

    def news_slide(self):
        facts = [{"label": "When", "value": "16:00"}, {"label": "Where", "value": "Room Tejo"},
                 {"label": "Bring", "value": "Top 5 deals"}]
        return {"id": "news", "type": "message", "title": "Pipeline review", "text": "Cake after it.",
                "start": "2026-01-26T08:00:00Z", "end": "2026-01-26T17:00:00Z", "facts": facts, "from": "Ritsuko"}

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
            "slides": [
                self.people_slide(now), self.contest_slide(), self.team_slide(now), self.scorecard_slide(),
                self.praise_slide(), self.demos_slide(now), self.goals_slide(), self.cup_slide(),
                self.cycle_slide(now), self.skills_slide(), self.ramp_slide(), self.play_slide(), self.news_slide(),
            ],
            "events": self.events,
        }


def tape(locale="en-GB"):
    floor, body, lines = Floor(), None, []
    for seconds, *what in STORY:
        if what != ["again"]:
            floor.apply(seconds, *what)
            body = floor.board(seconds) | {"locale": locale}
            body = in_japanese(body) if locale.startswith("ja") else body
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
    arguments.add_argument("--locale", default="en-GB", help="BCP 47 tag of the boards")
    arguments.add_argument("--to", type=pathlib.Path, default=TAPE, help="the file to write")
    options = arguments.parse_args()
    if options.pictures:
        draw()
    text = tape(options.locale)
    if options.check:
        if not TAPE.exists() or TAPE.read_text(encoding="utf-8") != text:
            sys.exit(f"{TAPE.name} is not what this script writes: run scripts/make_demo.py")
    else:
        options.to.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
