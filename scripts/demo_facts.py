"""The facts of the invented floor: three months of deals and activities, from a seed, and its goals, contests and people.

`facts()` gives them to scripts/make_demo.py, which computes the built-in show from them; `tables()` writes them as the sheets
of a floor, assets/demo/en and assets/demo/ja: a feed of its own (`floorcast check --feed assets/demo/en`).
Nothing here depends on a clock or on chance. People, accounts and figures are made up.
"""

import csv
import io
from datetime import date, datetime, time, timedelta

UNIT = 10_000  # won figures are in units of 10,000 yen, so that millions show two whole decimals
TODAY = date(2026, 1, 26)
START = datetime(2026, 1, 26, 14, 30)
FREE = {date(2025, 12, 25): "Christmas", date(2025, 12, 26): "Boxing Day", date(2026, 1, 1): "New Year"}
TARGET = 1575  # a person's, in units; 21 working days of 75

TEAMS = {
    "tokyo": ("Tokyo", "#2F6BFF"),
    "osaka": ("Osaka", "#FF8A2F"),
    "lisbon": ("Lisbon", "#1FA37A"),
    "toronto": ("Toronto", "#B04AE0"),
}

# id: name, short name, team; in January until the show begins: won, of it until yesterday, demos, mean days to close
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
NEW = "naoki"  # no target yet, no figure until the first deal
STARTED = {"naoki": date(2026, 1, 19), "ritsuko": date(2025, 12, 9)}
MENTOR = {"ritsuko": "devika"}
CARDS = ["devika", "aoi", "gaku", "kwame"]  # whose scorecards the show has
CALLS_TARGET, MEETINGS_TARGET, DEMOS_TARGET = 252, 42, 32  # a person's in a month
FLOOR_DEMOS = 378

# Demos in the week of the cup's quarter-finals, and this morning.
WEEK = {"aoi": 9, "piotr": 4, "ines": 7, "ren": 6, "gaku": 8, "noor": 7, "callum": 10, "devika": 8}
MORNING = {"aoi": 2, "ines": 1, "gaku": 2, "callum": 3, "devika": 1, "noor": 2, "hinata": 1}

# Seconds from the start; deals (who, units, account, days to close); demos held (who, how many); or the same board again.
STORY = [
    (0, [], []),
    (8, [("kwame", 32, "Halden Ferries", 14)], [("callum", 1)]),
    (16, [("devika", 420, "Lakehead Robotics", 9)], [("noor", 1)]),  # ninth to fourth
    (23, [("kwame", 79, "Porto Glassworks", 16)], [("callum", 1)]),  # takes the lead
    (32, "again"),
    (40, [("noor", 152, "Copperline Rail", 20)], [("callum", 1)]),  # wins the race to 36 demos
    # A tie is made, another broken.
    (48, [("hinata", 118, "Kazehaya Foods", None), ("callum", 30, "Birchmount Labs", None)], [("devika", 1)]),
    # A first deal, and a twelfth place for somebody else.
    (57, [("naoki", 210, "Minato Paper", None), ("duarte", 64, "Azul Ceramics", None)], [("naoki", 1), ("kwame", 1)]),
    (65, [("aoi", 54, "Sorano Textiles", 18)], [("gaku", 1)]),  # level at the top
    (74, [("devika", 361, "Northgate Grid", 7)], [("aoi", 2)]),  # fourth to first
    (82, [("ines", 53, "Ribeira Coffee", 22), ("ren", 21, "Tsukimi Tools", 30)], [("ines", 1)]),
    (90, [("aoi", 37, "Hoshimi Optics", 12)], [("hinata", 2)]),  # so is Tokyo
    (99, [("gaku", 160, "Nagisa Marine", None), ("chihiro", 35, "Umeda Print", None)], [("gaku", 1)]),
    (108, [("marit", 250, "Fjordlys Energy", 15)], [("gaku", 1)]),  # Tokyo level with Toronto
    (117, "again"),
]

ACCOUNTS = [
    "Akebono Foods", "Almada Cork", "Benten Print", "Birchmount Labs", "Cabo Marine", "Chiyo Optics", "Douro Tiles",
    "Elmvale Rail", "Fushimi Tools", "Granville Grid", "Hakone Paper", "Ilha Coffee", "Juniper Freight", "Kasuga Motors",
    "Lagoa Textiles", "Maple Robotics", "Nagi Software", "Oriole Health", "Pinhal Energy", "Quayside Homes",
]


class Dice:
    """Numbers that look like chance and are the same on every machine."""

    def __init__(self, seed):
        self.state = seed

    def roll(self, sides):
        self.state = (self.state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self.state >> 33) % sides

    def parts(self, total, count, least):
        """So many parts of a total, none below `least`."""
        weights = [3 + self.roll(7) for _ in range(count)]
        rest = total - least * count
        cuts = [rest * sum(weights[:at]) // sum(weights) for at in range(count + 1)]
        return [least + after - before for before, after in zip(cuts, cuts[1:])]


def workdays(first, last):
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and day not in FREE]


NOVEMBER = workdays(date(2025, 11, 1), date(2025, 11, 30))
DECEMBER = workdays(date(2025, 12, 1), date(2025, 12, 31))
JANUARY = workdays(date(2026, 1, 1), TODAY - timedelta(1))  # until yesterday


def facts():
    """Deals as (moment, who, units, account, days to close), activities as (moment, who, calls, meetings, demos)."""
    dice = Dice(20260126)
    deals, activities = [], []
    for number, (who, row) in enumerate(PEOPLE.items()):
        person = [deal for month in (NOVEMBER, DECEMBER) for deal in of_month(dice, who, month)]
        own = january(dice, who, row)
        deals += person + own
        activities += work(dice, number, who, row)
    for seconds, *what in STORY:
        if what == ["again"]:
            continue
        at = START + timedelta(seconds=seconds)
        deals += [(at, *deal) for deal in what[0]]
        activities += [(at, who, 0, 0, count) for who, count in what[1]]
    return sorted(deals, key=lambda deal: (deal[0], deal[1])), sorted(activities, key=lambda row: (row[0], row[1]))


def works(who, day):
    return who not in STARTED or STARTED[who] <= day


def moment(dice, day, last=18):
    return datetime.combine(day, time(9 + dice.roll(last - 9), 5 * dice.roll(12)))


def of_month(dice, who, days):
    """Deals of an earlier month; whoever is new has none yet."""
    if who in STARTED:
        return []
    count = 5 + dice.roll(4)
    sums = dice.parts(900 + dice.roll(700), count, 20)
    slow = PEOPLE[who][6]
    length = lambda: round(slow) + dice.roll(9) - 4 if slow else None
    return [(moment(dice, days[dice.roll(len(days))]), who, units, ACCOUNTS[dice.roll(20)], length()) for units in sums]


def january(dice, who, row):
    """Deals of January until the show begins. The first is made by the ninth, so that every curve has a beginning."""
    won, before, slow = row[3], row[4], row[6]
    if won is None:
        return []
    count = 7 + dice.roll(4)
    first = [day for day in JANUARY if day <= date(2026, 1, 9)] if who != "ritsuko" else [date(2026, 1, 8)]
    later = [day for day in JANUARY if day >= (date(2026, 1, 8) if who == "ritsuko" else JANUARY[0])]
    days = [first[dice.roll(len(first))]] + [later[dice.roll(len(later))] for _ in range(count - 1)]
    moments = [moment(dice, day) for day in days]
    sums = dice.parts(before, count, 15)
    if won > before:
        moments.append(moment(dice, TODAY, 13))
        sums.append(won - before)
    lengths = [None] * len(sums) if slow is None else dice.parts(round(slow * len(sums)), len(sums), 6)
    accounts = [ACCOUNTS[dice.roll(20)] for _ in sums]
    return [(at, who, units, account, length) for at, units, account, length in zip(moments, sums, accounts, lengths)]


def work(dice, number, who, row):
    """Calls, meetings and demos of each working day. Demos are held by those who have some in January."""
    rows = []
    demos = row[5]
    for days in (NOVEMBER, DECEMBER):
        for day in days:
            if works(who, day):
                held = dice.roll(3) if demos else 0
                rows.append((datetime.combine(day, time()), who, 9 + dice.roll(6), 1 + dice.roll(2), held))
    days = [day for day in JANUARY if works(who, day)]
    held = spread(dice, who, demos or 0, days)
    calls = 7 * demos + 5 * CARDS.index(who) if who in CARDS else 150 + dice.roll(60)
    meetings = demos + 6 - 3 * CARDS.index(who) if who in CARDS else 18 + dice.roll(12)
    if who == NEW:
        calls, meetings = 31, 2
    calls, meetings = dice.parts(calls, len(days), 0), dice.parts(meetings, len(days), 0)
    for day, *counts in zip(days, calls, meetings, held):
        rows.append((datetime.combine(day, time()), who, *counts))
    if MORNING.get(who):
        rows.append((datetime.combine(TODAY, time(12)), who, 0, 0, MORNING[who]))
    return rows


def spread(dice, who, demos, days):
    """Demos of the days until yesterday: the week of the quarter-finals has its own number."""
    week = [day for day in days if day >= date(2026, 1, 19)]
    early = [day for day in days if day < date(2026, 1, 19)]
    rest = demos - MORNING.get(who, 0)
    own = WEEK.get(who, rest // 3)
    return (dice.parts(rest - own, len(early), 0) if early else []) + dice.parts(own, len(week), 0)


def once_a_day(rows):
    """Rows without the hour where a day has none."""
    return [f"{at:%Y-%m-%d}" if at.time() == time() else f"{at:%Y-%m-%d %H:%M:%S}" for at in rows]


WORDS = {  # headings and words of the tables in Japanese; the English ones are their keys
    "Name": "氏名", "Team": "チーム", "Start date": "入社日", "Mentor": "メンター", "Photo": "写真",
    "Date": "日付", "Date won": "受注日", "Who": "担当者", "Amount": "金額", "Customer": "顧客", "Days to close": "成約日数",
    "Calls": "架電", "Meetings": "訪問", "Demos": "デモ", "Sales": "売上", "Deals": "件数", "What": "指標", "Period": "期間", "Target": "目標",
    "Weight": "重み", "Per": "単位期間", "month": "月", "January 2026": "2026年1月", "Company": "会社",
    "Title": "タイトル", "Format": "形式", "most": "最多", "From": "開始日", "To": "終了日", "Prize": "賞品", "Prize 2": "賞品2",
    "Demo sprint": "デモ競争", "Weekend in the mountains for two": "温泉宿ペア一泊", "Dinner for two": "ペアディナー",
    "Stage": "段階", "Due day": "期日", "Done": "完了", "Product": "製品研修", "First deal": "初受注", "Full quota": "ノルマ達成",
    "Label": "名称", "Christmas": "クリスマス", "Boxing Day": "ボクシング・デー", "New Year": "元日",
    "Setting": "項目", "Value": "値", "Time zone": "タイムゾーン", "Currency": "通貨", "Language": "言語", "en-GB": "ja",
    "Tokyo": "東京", "Osaka": "大阪", "Lisbon": "リスボン", "Toronto": "トロント",
}


def tables(japanese=False):
    """The sheets of the floor by their English names, as CSV."""
    deals, activities = facts()
    name = lambda who: PEOPLE[who][0]
    team = lambda who: TEAMS[PEOPLE[who][2]][0]
    quota = [who for who in PEOPLE if who != NEW]
    goals = [("Company", "Sales", TARGET * UNIT * len(quota))]
    goals += [(TEAMS[of][0], "Sales", TARGET * UNIT * sum(PEOPLE[who][2] == of for who in quota)) for of in TEAMS]
    goals += [(name(who), "Sales", TARGET * UNIT) for who in quota]
    goals.append(("Company", "Demos", FLOOR_DEMOS))
    card = [("Calls", 20, CALLS_TARGET), ("Meetings", 30, MEETINGS_TARGET), ("Demos", 50, DEMOS_TARGET), ("Sales", 0, "")]
    when = once_a_day([row[0] for row in activities])
    sheets = {
        "People": [("Name", "Team", "Start date", "Mentor")] + [
            (name(who), team(who), STARTED.get(who, ""), name(MENTOR[who]) if who in MENTOR else "") for who in PEOPLE],
        "Deals": [("Date won", "Who", "Amount", "Customer", "Days to close")] + [
            (f"{at:%Y-%m-%d %H:%M:%S}", name(who), units * UNIT, account, "" if length is None else length)
            for at, who, units, account, length in deals],
        "Activities": [("Date", "Who", "Calls", "Meetings", "Demos")] + [
            (at, name(row[1]), *row[2:]) for at, row in zip(when, activities)],
        "Goals": [("Who", "What", "Period", "Target")] + [(who, what, "January 2026", n) for who, what, n in goals],
        "Scorecard": [("What", "Weight", "Target", "Per")] + [(*line, "month") for line in card],
        "Contests": [("Title", "What", "Format", "From", "To", "Prize", "Prize 2"),
                     ("Demo sprint", "Demos", "most", "2026-01-19", "2026-01-30 17:00",
                      "Weekend in the mountains for two", "Dinner for two")],
        "Onboarding": [("Name", "Stage", "Due day", "What", "Target", "Done"),
                       (name("ritsuko"), "Product", 20, "", "", date(2025, 12, 24)),
                       (name("ritsuko"), "First deal", 60, "Deals", 1, ""),
                       (name("ritsuko"), "Full quota", 75, "Sales", TARGET * UNIT, "")],
        "Calendar": [("Date", "Label")] + list(FREE.items()),
        "Settings": [("Setting", "Value"), ("Time zone", "Europe/Lisbon"), ("Currency", "JPY"), ("Language", "en-GB")],
    }
    say = (lambda text: WORDS.get(text, text)) if japanese else (lambda text: text)
    return {sheet: as_csv([[say(cell) for cell in row] for row in rows]) for sheet, rows in sheets.items()}


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
