#!/usr/bin/env python3
"""Writes the built-in show, assets/demo.tape: an invented sales floor over two minutes of one afternoon.

Its figures are computed from the facts in demo_facts.py, which are written beside it as tables: assets/demo/en and
assets/demo/ja. A test computes them again from these tables, with the program's own figures.

    scripts/make_demo.py              the tape, the days before it and the tables, from the facts and the pictures in assets/img/
    scripts/make_demo.py --check      say whether those on disk are these, write nothing
    scripts/make_demo.py --locale ja --to FILE   another floor's language, into another file
    scripts/make_demo.py --pictures   first draw assets/img/*.png from assets/img/src/*.svg (rsvg-convert, pngquant)

The tape depends on nothing but these files: no clock, no chance.
"""

import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys
from datetime import date, datetime, time, timedelta

from demo_facts import (CALLS_TARGET, CARDS, DEMOS_TARGET, FLOOR_DEMOS, FREE, JANUARY, MEETINGS_TARGET, MENTOR, NEW, PEOPLE,
                        START, STARTED, STORY, TARGET, TEAMS, TODAY, UNIT, facts, tables, works)

ASSETS = pathlib.Path(__file__).resolve().parent.parent / "assets"
TAPE = ASSETS / "demo.tape"
BEFORE = ASSETS / "demo.days.json"
PICTURED = ["aoi", "callum", "devika", "gaku", "kwame", "marit"]  # everyone who ever leads a slide
MONTH = datetime(2026, 1, 1)
OVER, DAYS = len(JANUARY), 21  # working days of January that are over, and all
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
# Deals of so many units are a takeover, a banner, a line; smaller ones are seen in the tower alone.
TAKEOVER, BANNER, LINE = 300, 240, 60
RACE = 36  # demos of the month that win the race
EVENTS = 8  # celebrations that a board remembers

# The cup: who meets whom and their seeds. Scores are demos between these moments.
CUP = [("aoi", 1, "piotr", 8), ("ines", 4, "ren", 5), ("gaku", 2, "noor", 7), ("callum", 3, "devika", 6)]
CUP_ENDS = [datetime(2026, 1, 23, 17), datetime(2026, 1, 28, 17), datetime(2026, 1, 30, 17)]
SPRINT = datetime(2026, 1, 19)
MILESTONES = [n * 5_000 for n in range(1, 5)]  # of a month, in units
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
    "Goals": "目標", "Two weeks": "2週間", "Scorecard": "スコアカード", "Recognition": "表彰", "New here": "新人の成長", "Strengths": "チームの強み",
    "Play of the week": "今週の一手", "Pipeline review": "案件会議",
    "24 h": "24時間", "Most demos held": "デモ実施数",
    "First to 36 demos": "36件先取", "An extra day off": "特別休暇1日",
    "Weekend in the mountains for two": "温泉宿ペア一泊", "Dinner for two": "ペアディナー", "A day on the sailing boat": "ヨット一日体験",
    "Quarter-final": "準々決勝", "Semi-final": "準決勝", "Final": "決勝",
    "Top performer": "今月の首位", "Deals": "受注件数", "Best day": "最高の日", "Streak": "連続受注", "The customer wrote in": "お客様の声",
    "They stayed on the line until our ferry was booked.": "船の予約が取れるまで電話で付き合ってくれました。",
    "Product": "製品研修", "First deal": "初受注", "Full quota": "ノルマ達成",
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
# Texts with figures in them.
PATTERNS = [(r"(\d+) Jan", r"1月\1日"), (r"(\d+) weeks", r"\1週"), (r"Over 50 million", "5千万円突破"),
            (r"Over 100 million", "1億円突破"), (r"Over 150 million", "1億5千万円突破"), (r"Over 200 million", "2億円突破")]
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
    for pattern, japanese in PATTERNS:
        if re.fullmatch(pattern, value):
            return re.sub(pattern, japanese, value)
    if value not in JAPANESE and any(c.isalpha() for c in value):
        sys.exit(f"no Japanese for {value!r}")
    return JAPANESE.get(value, value)


def places(figures, down=False):
    """Competition ranks ("1224") of everyone with a figure."""
    known = {who: value for who, value in figures.items() if value is not None}
    better = (lambda a, b: a < b) if down else (lambda a, b: a > b)
    return {who: 1 + sum(better(other, value) for other in known.values()) for who, value in known.items()}


def totals(rows):
    """Sums by person."""
    sums = {}
    for who, amount in rows:
        sums[who] = sums.get(who, 0) + amount
    return sums


def utc(at):
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def since(rows, figures, down=False):
    """Since when each of those who are level at the top has been there: by the facts in their order."""
    best, held = {}, {}
    for at, *fact in rows:
        top = {who for who, place in places(figures(fact), down).items() if place == 1}
        held = {who: held.get(who, at) for who in top}
        best = held
    return {who: {"leader_since": utc(at)} for who, at in best.items()}


def ranking(slide, title, of, metric, rows, more):
    shared = {"id": slide, "type": "ranking", "title": title, "of": of, "metric": metric, "period": PERIOD}
    return shared | more | {"rows": rows}


class Floor:
    """The floor at a moment, by its facts until then."""

    def __init__(self, now, rev, events):
        deals, activities = facts()
        self.now, self.rev, self.events = now, rev, events
        self.all_deals = [deal for deal in deals if deal[0] <= now]
        self.activities = [row for row in activities if row[0] <= now]
        self.deals = [deal for deal in self.all_deals if deal[0] >= MONTH]
        self.won = self.won_until(now)
        self.demos = self.held(MONTH, now)
        # Those who hold no demos are not ranked by them; whoever is new has a row from the first day.
        self.holds = [who for who in PEOPLE if PEOPLE[who][5] is not None or who == NEW]

    def won_until(self, until):
        known = totals((who, units) for at, who, units, *_ in self.deals if at <= until)
        return {who: known.get(who, None if who == NEW else 0) for who in PEOPLE}

    def held(self, start, end, column=4):
        known = totals((row[1], row[column]) for row in self.activities if start <= row[0] <= end)
        return {who: known.get(who, 0) for who in PEOPLE}

    def curve(self, figure):
        """Figures at the end of ten working days, of the last one, and now."""
        ends = [datetime.combine(day, time(23, 59)) for day in JANUARY[-11:]]
        return [figure(end) for end in ends] + [figure(self.now)]

    def teams(self, figures):
        return {team: sum(figures[who] or 0 for who in PEOPLE if PEOPLE[who][2] == team) for team in TEAMS}

    def people_slide(self):
        yesterday = datetime.combine(TODAY, time())
        lead = since(self.deals, Running(lambda who: who))
        was = places({who: value for who, value in self.won_until(yesterday).items() if who != NEW})
        recent = {who: {"value": units * UNIT, "label": account} for at, who, units, account, _ in self.deals if at > START}
        rows = []
        for who, value in self.won.items():
            row = {"who": f"p:{who}", "value": None if value is None else value * UNIT}
            if who != NEW:
                row |= {"target": TARGET * UNIT, "pace": TARGET * UNIT * OVER // DAYS, "was_rank": was[who]}
                row["history"] = self.curve(lambda end: self.won_until(end)[who] * UNIT)
            if who in self.holds and (who != NEW or self.demos[who]):
                row["also"] = {"demos": self.demos[who]}
            if who in recent:
                row["recent"] = recent[who]
            rows.append(row | lead.get(who, {}))
        more = {"show": {"top": 12}, "total": self.won_total()}
        return ranking("stack", "Stack ranking", "people", "won", rows, more)

    def won_total(self):
        target = TARGET * UNIT * (len(PEOPLE) - 1)
        return {"value": sum(value or 0 for value in self.won.values()) * UNIT, "target": target, "pace": target * OVER // DAYS}

    def team_slide(self):
        figures = self.teams(self.won)
        lead = since(self.deals, Running(lambda who: PEOPLE[who][2]))
        was = places(self.teams(self.won_until(datetime.combine(TODAY, time()))))
        rows = []
        for team, value in figures.items():
            members = sorted((who for who in PEOPLE if PEOPLE[who][2] == team), key=lambda who: -(self.won[who] or 0))
            target = TARGET * UNIT * sum(who != NEW for who in members)
            parts = [{"who": f"p:{who}", "value": self.won[who] * UNIT} for who in members if self.won[who] is not None]
            row = {"who": f"t:{team}", "value": value * UNIT}
            row |= {"target": target, "pace": target * OVER // DAYS, "was_rank": was[team]}
            rows.append(row | {"members": len(members), "parts": parts} | lead.get(team, {}))
        return ranking("teams", "Team ranking", "teams", "won", rows, {"total": self.won_total()})

    def demos_slide(self):
        rows_of_demos = [(row[0], row[1], row[4]) for row in self.activities if row[0] >= MONTH and row[4]]
        lead = since(rows_of_demos, Running(lambda who: who))
        was = places({who: value for who, value in self.held(MONTH, datetime.combine(JANUARY[-1], time())).items()
                      if who in self.holds and who != NEW})
        rows = []
        for who in self.holds:
            value = self.demos[who]
            if who == NEW and not value:
                rows.append({"who": f"p:{who}", "value": None})
                continue
            row = {"who": f"p:{who}", "value": value}
            if who != NEW:
                row |= {"was_rank": was[who], "history": self.curve(lambda end: self.held(MONTH, end)[who])}
            rows.append(row | lead.get(who, {}))
        held = sum(self.demos[who] for who in self.holds)
        total = {"value": held, "target": FLOOR_DEMOS, "pace": FLOOR_DEMOS * OVER // DAYS}
        return ranking("demos", "Demos held", "people", "demos", rows, {"total": total})

    def cycle_slide(self):
        timed = [(at, who, length) for at, who, _, _, length in self.deals if length is not None]
        lead = since(timed, Mean(), down=True)
        figures = Mean()
        for _, *fact in timed:
            figures(fact)
        known = figures.figures()
        rows = [{"who": f"p:{who}", "value": value} | lead.get(who, {}) for who, value in known.items()]
        rows.append({"who": f"p:{NEW}", "value": None})
        return ranking("cycle", "Days to close", "people", "cycle", rows, {})

    def sprint(self, until):
        held = self.held(SPRINT, until)
        return {who: held[who] for who in self.holds if who != NEW or self.demos[who]}

    def contest_slide(self):
        figures = self.sprint(self.now)
        was = places({who: value for who, value in self.sprint(datetime.combine(TODAY, time())).items() if who != NEW})
        lately = self.held(self.now - timedelta(hours=24), self.now)
        rows = []
        for who, value in sorted(figures.items(), key=lambda entry: -entry[1]):
            row = {"who": f"p:{who}", "value": value}
            if who in was:
                row["was_rank"] = was[who]
            if lately[who]:
                row["recent"] = {"value": lately[who], "label": "24 h"}
            rows.append(row)
        period = {"label": "Two weeks", "start": utc(SPRINT), "end": "2026-01-30T17:00:00Z"}
        prizes = [{"place": 1, "label": "Weekend in the mountains for two"}, {"place": 2, "label": "Dinner for two"}]
        return {"id": "sprint", "type": "contest", "title": "Demo sprint", "of": "people", "metric": "demos",
                "format": "most", "state": "running", "period": period, "rules": "Most demos held",
                "prizes": prizes, "rows": rows}

    def race_slide(self):
        """First to so many demos this month: the first who has them has won."""
        reached = {}
        held = {}
        for at, who, _, _, count in self.activities:
            if at >= MONTH and who in self.holds:
                held[who] = held.get(who, 0) + count
                if held[who] >= RACE:
                    reached.setdefault(who, at)
        winner = min(reached, key=lambda who: reached[who]) if reached else None
        rows = []
        for who, value in sorted(held.items(), key=lambda entry: -entry[1]):
            row = {"who": f"p:{who}", "value": value}
            if who in reached:
                row["reached_at"] = utc(reached[who])
            if winner:
                row |= {"won": 1} if who == winner else {}
            rows.append(row)
        return {"id": "race", "type": "contest", "title": f"First to {RACE} demos", "of": "people", "metric": "demos",
                "format": "first_to", "goal": RACE, "state": "final" if winner else "running",
                "period": {"label": "January", "start": utc(MONTH), "end": utc(reached[winner]) if winner else "2026-02-01T00:00:00Z"},
                "prizes": [{"place": 1, "label": "An extra day off"}], "rows": rows}

    def cup_slide(self):
        side = lambda who, seed, held: {"who": f"p:{who}", "seed": seed, "value": held[who]}
        week = self.held(datetime(2026, 1, 19), CUP_ENDS[0])
        live = self.held(datetime.combine(TODAY, time()), self.now)
        first, through = [], []
        for a, seed_a, b, seed_b in CUP:
            a_wins = week[a] > week[b]
            first.append({"a": side(a, seed_a, week), "b": side(b, seed_b, week), "winner": "a" if a_wins else "b"})
            through.append((a, seed_a) if a_wins else (b, seed_b))
        semis = [{"a": side(*one, live), "b": side(*other, live), "winner": None}
                 for one, other in (through[:2], through[2:])]
        final = [{"a": {"from": [1, 0]}, "b": {"from": [1, 1]}, "winner": None}]
        labels = ["Quarter-final", "Semi-final", "Final"]
        rounds = [{"label": label, "end": utc(end), "matches": matches}
                  for label, end, matches in zip(labels, CUP_ENDS, (first, semis, final))]
        return {"id": "cup", "type": "bracket", "title": "Demo cup", "of": "people", "metric": "demos", "rounds": rounds,
                "prizes": [{"place": 1, "label": "A day on the sailing boat"}]}

    def goals_slide(self):
        total, figures = self.won_total(), self.teams(self.won)
        rows = [{"scope": "company", "metric": "won", **total, "forecast": total["value"] * DAYS // OVER}]
        for team, value in figures.items():
            target = TARGET * UNIT * sum(who != NEW for who in PEOPLE if PEOPLE[who][2] == team)
            rows.append({"scope": "team", "who": f"t:{team}", "metric": "won", "value": value * UNIT, "target": target,
                         "pace": target * OVER // DAYS, "forecast": value * UNIT * DAYS // OVER})
        return {"id": "goals", "type": "goals", "title": "Goals", "period": PERIOD, "rows": rows}

    def scorecard_slide(self):
        columns = [{"metric": "calls", "weight": 20}, {"metric": "meetings", "weight": 30},
                   {"metric": "demos", "weight": 50}, {"metric": "won"}]
        calls, meetings = self.held(MONTH, self.now, 2), self.held(MONTH, self.now, 3)
        rows = []
        for who in CARDS:
            cell = lambda value, target: {"value": value, "target": target, "pace": round(target * OVER / DAYS, 2)}
            cells = [cell(calls[who], CALLS_TARGET), cell(meetings[who], MEETINGS_TARGET),
                     cell(self.demos[who], DEMOS_TARGET), cell(self.won[who] * UNIT, TARGET * UNIT)]
            rows.append({"scope": "person", "who": f"p:{who}", "cells": cells})
        return {"id": "score", "type": "scorecard", "title": "Scorecard", "of": "people", "period": PERIOD,
                "columns": columns, "rows": rows}

    def milestones(self):
        """Those of the month that are passed, when and by whose deal, and the next: at last the goal."""
        passed, sum_, who_last = [], 0, None
        for at, who, units, *_ in self.deals:
            before, sum_ = sum_, sum_ + units
            for step in MILESTONES:
                if before < step <= sum_:
                    passed.append({"value": step * UNIT, "at": utc(at)})
                    who_last = who
        ahead = [step for step in MILESTONES if step > sum_] + [TARGET * (len(PEOPLE) - 1)]
        return who_last, passed, passed + [{"value": ahead[0] * UNIT}]

    def praise_slide(self):
        best = max(PICTURED, key=lambda who: self.won[who])
        own = [deal for deal in self.deals if deal[1] == best]
        days = totals((at.date(), units) for at, _, units, *_ in own)
        day = max(days, key=lambda day: (days[day], day))
        facts_ = [{"label": "Deals", "value": str(len(own))}, {"label": "Best day", "value": f"{day.day} Jan"},
                  {"label": "Streak", "value": f"{self.streak(best)} weeks"}]
        who, passed, milestones = self.milestones()
        items = [
            {"who": [f"p:{best}"], "headline": "Top performer", "metric": "won", "value": self.won[best] * UNIT, "facts": facts_},
            {"who": [f"p:{who}"], "headline": f"Over {passed[-1]['value'] // 1_000_000} million", "metric": "won",
             "value": self.won_total()["value"], "milestones": milestones},
            {"who": ["p:noor", "p:callum"], "badge": "star", "headline": "The customer wrote in",
             "text": "They stayed on the line until our ferry was booked.", "from": "Halden Ferries"},
        ]
        return {"id": "praise", "type": "recognition", "title": "Recognition", "period": PERIOD, "items": items}

    def streak(self, who):
        """Weeks in a row, this one included, in which somebody has made a deal."""
        weeks = {deal[0].date().isocalendar()[:2] for deal in self.all_deals if deal[1] == who}
        count, day = 0, TODAY
        while day.isocalendar()[:2] in weeks:
            count, day = count + 1, day - timedelta(7)
        return count

    def ramp_slide(self):
        who = "ritsuko"
        first = datetime.combine(STARTED[who], time())
        day_of = lambda at: (at.date() - STARTED[who]).days + 1
        won = lambda until: sum(units for at, of, units, *_ in self.all_deals if of == who and day_of(at) <= until)
        plan = {0: 0, 20: 8, 40: 30, 60: 60, 75: 85, 90: 100}
        today = day_of(self.now)
        actual = {day: round(100 * won(day) / TARGET) for day in (0, 20, 40, today)}
        series = [{"day": day} | {key: points[day] for key, points in (("plan", plan), ("actual", actual)) if day in points}
                  for day in sorted(plan | actual)]
        deal = min(at for at, of, *_ in self.all_deals if of == who and at >= first)
        stages = [{"label": "Product", "due_day": 20, "state": "done", "on_day": 16},
                  {"label": "First deal", "due_day": 60, "state": "done", "on_day": day_of(deal)},
                  {"label": "Full quota", "due_day": 75, "state": "open", "metric": "won", "value": won(today) * UNIT,
                   "target": TARGET * UNIT}]
        rows = [{"who": f"p:{who}", "started": str(STARTED[who]), "day": today, "days": 90, "mentor": f"p:{MENTOR[who]}",
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
        rate = lambda rows: round(sum(row[4] for row in rows) / sum(row[2] for row in rows), 3)
        before = rate([row for row in self.activities if row[0] < MONTH])
        after = rate([row for row in self.activities if MONTH <= row[0] < START])
        return {"id": "play", "type": "coaching", "title": "Play of the week", "items": [
            {"headline": "Book the next step before you hang up", "who": ["p:marit"], "steps": steps,
             "proof": {"label": "Calls that book a demo", "before": before, "after": after, "unit": "ratio"},
             "end": "2026-01-31T00:00:00Z"}]}

    def news_slide(self):
        facts = [{"label": "When", "value": "16:00"}, {"label": "Where", "value": "Room Tejo"},
                 {"label": "Bring", "value": "Top 5 deals"}]
        return {"id": "news", "type": "message", "title": "Pipeline review", "text": "Cake after it.",
                "start": "2026-01-26T08:00:00Z", "end": "2026-01-26T17:00:00Z", "facts": facts, "from": "Ritsuko"}

    def board(self):
        people = {}
        for who, (name, short, team, *_) in PEOPLE.items():
            people[f"p:{who}"] = {"name": name, "short": short, "team": f"t:{team}"}
            if who in PICTURED:
                digest = hashlib.sha256((ASSETS / "img" / f"{who}.png").read_bytes()).hexdigest()
                people[f"p:{who}"]["photo"] = {"url": f"img/{who}.png", "sha256": digest}
        people[f"p:{NEW}"]["joined"] = str(STARTED[NEW])
        return {
            "format": "salesboard/1",
            "board": "demo-floor",
            "epoch": "demo",
            "rev": self.rev,
            "as_of": utc(self.now),
            "fresh_for_s": 120,
            "tz": "Europe/Lisbon",
            "locale": "en-GB",
            "metrics": METRICS,
            "teams": {f"t:{team}": {"name": name, "color": color} for team, (name, color) in TEAMS.items()},
            "people": people,
            "slides": [
                self.people_slide(), self.contest_slide(), self.scorecard_slide(), self.praise_slide(), self.goals_slide(),
                self.cup_slide(), self.skills_slide(), self.ramp_slide(), self.play_slide(), self.news_slide(),
                self.team_slide(), self.race_slide(), self.demos_slide(), self.cycle_slide(),
            ],
            "events": self.events,
        }


class Running:
    """Sums that grow fact by fact: what [`since`] asks after each."""

    def __init__(self, of):
        self.of, self.sums = of, {}

    def __call__(self, fact):
        who = self.of(fact[0])
        self.sums[who] = self.sums.get(who, 0) + fact[1]
        return self.sums


class Mean:
    """Means that change fact by fact, to a tenth."""

    def __init__(self):
        self.facts = {}

    def __call__(self, fact):
        self.facts.setdefault(fact[0], []).append(fact[1])
        return self.figures()

    def figures(self):
        # Half away from zero, as the wall rounds.
        return {who: int(sum(days) * 10 / len(days) + 0.5) / 10 for who, days in self.facts.items()}


def celebration(seconds, rev, who, units, account):
    at = START + timedelta(seconds=seconds)
    return {
        "id": f"deal:{rev}:{who}",
        "at": utc(at),
        "until": utc(at + timedelta(minutes=10)),
        "kind": "won",
        "who": [f"p:{who}"],
        "metric": "won",
        "value": units * UNIT,
        "account": account,
        "slide": "stack",
        "tier": 3 if units >= TAKEOVER else 2 if units >= BANNER else 1,
    }


def victory(race, now):
    """The end of a race, when it is on the wall for the first time."""
    winner = next(row for row in race["rows"] if row.get("won"))
    return {"id": "race", "at": utc(now), "until": utc(now + timedelta(minutes=10)), "kind": "contest_won",
            "who": [winner["who"]], "metric": "demos", "headline": race["title"], "slide": "race", "tier": 3}


def tape(locale="en-GB"):
    rev, events, body, lines = 0, [], None, []
    for seconds, *what in STORY:
        if what != ["again"]:
            rev += 1
            for who, units, account, _ in what[0]:
                if units >= LINE:
                    events = [celebration(seconds, rev, who, units, account)] + events[:EVENTS - 1]
            now = START + timedelta(seconds=seconds)
            decided = next(slide for slide in Floor(now, rev, events).board()["slides"] if slide["id"] == "race")
            if decided["state"] == "final" and not any(event["id"] == "race" for event in events):
                events = [victory(decided, now)] + events[:EVENTS - 1]
            body = Floor(now, rev, events).board() | {"locale": locale}
            body = in_japanese(body) if locale.startswith("ja") else body
        lines.append(json.dumps({"ms": seconds * 1000, "body": body}, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(lines)


def kept_days():
    """What a wall that had hung there all month would have kept: the places, leaders and sellers of each working day."""
    floor = Floor(START, 1, [])
    days, last = [], None
    for day in JANUARY:
        evening = datetime.combine(day, time(23, 59))
        own = [deal for deal in floor.deals if deal[0].date() == day]
        leaders = [last] if last else []
        for at, *_ in own:
            top = [who for who, place in places(floor.won_until(at)).items() if place == 1]
            leader = f"p:{top[0]}" if len(top) == 1 else "="
            if leader not in leaders[-1:]:
                leaders.append(leader)
        last = leaders[-1]
        ranks = {f"p:{who}": place for who, place in places(floor.won_until(evening)).items() if works(who, day)}
        standing = {"period": f"{utc(MONTH)} {PERIOD['label']}", "leaders": leaders, "places": ranks}
        days.append({"date": str(day), "sold": sorted({f"p:{deal[1]}" for deal in own}), "rankings": {"stack": standing}})
    return json.dumps({"of": ["demo-floor", "demo"], "days": days}, ensure_ascii=False, separators=(",", ":")) + "\n"


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
    files = {options.to: tape(options.locale)}
    if options.to == TAPE:
        files[BEFORE] = kept_days()
        for language in ("en", "ja"):
            for sheet, text in tables(japanese=language == "ja").items():
                files[ASSETS / "demo" / language / f"{sheet}.csv"] = text
    for path, text in files.items():
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path.name} is not what this script writes: run scripts/make_demo.py")


if __name__ == "__main__":
    main()
