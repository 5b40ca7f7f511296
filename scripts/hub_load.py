#!/usr/bin/env python3
"""Measures the hub on a large floor: hub_load.py PROGRAM [--people 200] [--facts 1000000] [--seconds 300] [--rate 260] [--erase].

Makes a floor in a scratch folder, serves it, signs one person in, asks for each page many times from several connections, and
prints the median, the 99th percentile and the slowest answer in milliseconds. Then so many facts a second come in for so many
seconds, while a page follows them as a browser does: prints how soon a fact is on the page, how the page answers meanwhile,
the most memory that the hub took, and whether each fact that was answered is there. With --erase the hub is ended then, each fact
gets a label, and somebody is erased: prints how long that took.
"""

import argparse, gzip, http.client, json, os, random, re, shutil, sqlite3, subprocess, sys, tempfile, threading, time, urllib.parse, urllib.request
from pathlib import Path

PASSWORD = "a long sentence"
PAGES = ["/me", "/rankings", "/people/p0", "/coaching", "/training", "/contests", "/recognition"]
MANAGER_PAGES = ["/team", "/ramps", "/goals"]


def fill(db, people, facts):
    """People in ten teams, a scorecard of three figures, and facts of the last hundred days."""
    con = sqlite3.connect(db)
    con.execute("PRAGMA synchronous = OFF")
    now = int(time.time() * 1e6)
    day = 86_400_000_000
    con.execute("UPDATE floor SET name = 'Load', tz = 'Europe/Lisbon', currency = 'EUR', version = version + 1, made = made + 1")
    con.executemany("INSERT INTO team(id, name) VALUES(?, ?)", [(f"t{n}", f"Team {n}") for n in range(10)])
    con.executemany("INSERT INTO person(id, name) VALUES(?, ?)", [(f"p{n}", f"Person {n:03} Somebody") for n in range(people)])
    con.executemany(
        "INSERT INTO membership(person, team, since) VALUES(?, ?, '')", [(f"p{n}", f"t{n % 10}") for n in range(people)]
    )
    con.executemany("INSERT INTO manager(person, team) VALUES('p0', ?)", [(f"t{n}",) for n in range(10)])
    figures = [("calls", "New calls", "meetings"), ("meetings", "Meetings held", "demos"), ("demos", "Demos held", "deals")]
    for at, (name, label, to) in reversed(list(enumerate(figures))):
        con.execute(
            "INSERT INTO metric(id, label, unit, kind, agg, leads_to, position) VALUES(?, ?, 'count', 'leading', 'sum', ?, ?)",
            (name, label, to, 10 + at),
        )
    con.execute("INSERT INTO scorecard(id, title, period) VALUES('floor', '', 'month')")
    lines = [("calls", 0, 40, 900), ("meetings", 1, 30, 200), ("demos", 2, 30, 90)]
    con.executemany(
        "INSERT INTO scorecard_line(scorecard, metric, position, weight, target) VALUES('floor', ?, ?, ?, ?)", lines
    )
    draw = random.Random(1)
    kinds = ["calls"] * 78 + ["meetings"] * 14 + ["demos"] * 6 + ["won", "deals"]

    def rows():
        for n in range(facts):
            kind = kinds[draw.randrange(100)]
            amount = draw.randrange(100_000, 4_000_000) if kind == "won" else 1
            at = now - draw.randrange(0, 100 * day)
            yield ("load", f"f{n}", kind, f"p{draw.randrange(people)}", at, amount, now - day)

    con.executemany("INSERT INTO activity(source, ext_id, metric, person, at, amount, seen) VALUES(?, ?, ?, ?, ?, ?, ?)", rows())
    con.commit()
    con.close()


class Browser:
    def __init__(self, port):
        self.port, self.cookies = port, {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask(self, method, path, fields=None):
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers.pop("Accept-Encoding")
        if method == "GET" and path.startswith("/start") or path == "/sign-in":
            headers.pop("Accept-Encoding", None)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError):
            # The hub closes what was idle for long.
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        data = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, rest = value.split("=", 1)
                self.cookies[key] = rest.split(";")[0]
        return answer.status, data

    def sign_in(self):
        page = self.ask("GET", "/sign-in")[1].decode()
        csrf = re.search(r'name="csrf" value="([^"]*)"', page).group(1)
        status, _ = self.ask("POST", "/sign-in", {"csrf": csrf, "email": "load@x.example", "password": PASSWORD})
        assert status == 303, status


def peak_mb(pid):
    """The most memory that a process has held at once, its pages of files included."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def facts_held(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        return int(re.search(r"^floorcast_facts (\d+)", answer.read().decode(), re.M).group(1))


class Sender(threading.Thread):
    """Sends facts at a steady rate, ten calls a second, and keeps when each was answered."""

    def __init__(self, port, token, rate, seconds):
        super().__init__(daemon=True)
        self.port, self.token, self.rate, self.seconds = port, token, rate, seconds
        self.answered, self.late = [], 0.0

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        begun, sent, day = time.time(), 0, time.strftime("%Y-%m-%d")
        for call in range(self.seconds * 10):
            time.sleep(max(0.0, begun + call / 10 - time.time()))
            self.late = max(self.late, time.time() - begun - call / 10)
            n = (call + 1) * self.rate // 10 - sent
            facts = [
                {"ext_id": f"s{sent + k}", "metric": "calls", "owner": f"Person {(sent + k) % 200:03} Somebody", "at": day, "value": 1}
                for k in range(n)
            ]
            sent += n
            connection.request("POST", "/api/v1/activities", json.dumps({"source": "load", "activities": facts}), headers)
            answer = connection.getresponse()
            said = answer.read()
            assert answer.status == 200, said
            self.answered.append((time.time(), sent))


class Follower(threading.Thread):
    """Follows the page of facts of a figure as a browser does: is told of a change, and asks for the page."""

    def __init__(self, port, cookies):
        super().__init__(daemon=True)
        self.port, self.cookies, self.pages, self.stopped = port, cookies, [], False

    def run(self):
        own = Browser(self.port)
        own.cookies = dict(self.cookies)
        stream = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        stream.request("GET", "/live", headers={"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())})
        told = stream.getresponse()
        while not self.stopped:
            if not told.readline().startswith(b"data:"):
                continue
            begun = time.time()
            status, data = own.ask("GET", "/rankings?by=person&metric=calls&period=month")
            assert status == 200, status
            text = gzip.decompress(data).decode() if data[:2] == b"\x1f\x8b" else data.decode()
            self.pages.append((begun, time.time(), text))


def sustained(port, hub, first, token, options):
    before = facts_held(port)
    follower = Follower(port, first.cookies)
    follower.start()
    sender = Sender(port, token, options.rate, options.seconds)
    sender.start()
    sender.join()
    assert sender.answered[-1][1] == options.rate * options.seconds, "not every call was answered"
    time.sleep(2)
    follower.stopped = True
    # The first page that was asked for after a fact was answered shows it: /live tells of it, and then it is asked for.
    waits, at = [], 0
    for answered, _ in sender.answered:
        while at < len(follower.pages) and follower.pages[at][0] < answered:
            at += 1
        if at < len(follower.pages):
            waits.append(follower.pages[at][1] - answered)
    texts = [text for _, _, text in follower.pages]
    assert sum(a != b for a, b in zip(texts, texts[1:])) > 0.9 * (len(texts) - 2), "pages that were asked for because of a change do not differ"
    asked = [1000 * (done - begun) for begun, done, _ in follower.pages]
    lost = before + sender.answered[-1][1] - facts_held(port)
    print(f"{options.rate} facts a second for {options.seconds} s: {sender.answered[-1][1]} answered, {lost} lost, at most {sender.late:.1f} s behind")
    print(f"fact on the page: median {percentile(waits, 0.5):.2f} s, p99 {percentile(waits, 0.99):.2f} s, of {len(waits)}; the page meanwhile: median {percentile(asked, 0.5):.1f} ms, p99 {percentile(asked, 0.99):.1f} ms of {len(asked)}")
    print(f"most memory of the hub: {peak_mb(hub.pid):.0f} MB")
    return lost


def erase(program, db):
    con = sqlite3.connect(db / "floor.db")
    con.execute("UPDATE activity SET label = 'Customer ' || ext_id || ' and Sons'")
    con.commit()
    con.close()
    begun = time.time()
    subprocess.run([program, "hub", "people", "erase", "--db", db, "p7", "--for-ever"], check=True, capture_output=True)
    print(f"somebody is erased after {time.time() - begun:.1f} s; the file has {(db / 'floor.db').stat().st_size / 1e6:.0f} MB")


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("program")
    ask.add_argument("--people", type=int, default=200)
    ask.add_argument("--facts", type=int, default=1_000_000)
    ask.add_argument("--times", type=int, default=200)
    ask.add_argument("--connections", type=int, default=2)
    ask.add_argument("--seconds", type=int, default=300)
    ask.add_argument("--rate", type=int, default=260)
    ask.add_argument("--port", type=int, default=8291)
    ask.add_argument("--erase", action="store_true")
    options = ask.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="floorcast-load-"))
    # As systemd/floorcast-hub.service starts it.
    os.environ["MALLOC_ARENA_MAX"] = "2"
    db = folder / "floor"
    serve = [options.program, "hub", "--db", str(db), "--listen", f"127.0.0.1:{options.port}"]
    hub = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        link = next(line for line in hub.stdout if "/start?key=" in line).strip()
        browser = Browser(options.port)
        path = link[link.index("/start") :]
        page = browser.ask("GET", path)[1].decode()
        fields = dict(re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', page))
        fields.update({"name": "Load", "tz": "Europe/Lisbon", "currency": "EUR", "email": "load@x.example", "password": PASSWORD})
        action = re.search(r'<form[^>]*action="([^"]*)"', page)
        status, _ = browser.ask("POST", action.group(1) if action else path, fields)
        assert status == 303, (status, fields)
        hub.terminate()
        hub.wait()
        begun = time.time()
        fill(db / "floor.db", options.people, options.facts)
        con = sqlite3.connect(db / "floor.db")
        con.execute("UPDATE login SET person = 'p0', role = 'manager'")
        con.commit()
        con.close()
        made = [options.program, "hub", "token", "--db", str(db), "--role", "ingest"]
        token = re.search(r"fch_\w+", subprocess.run(made, capture_output=True, text=True, check=True).stdout).group(0)
        print(f"made {options.facts} facts of {options.people} people in {time.time() - begun:.0f} s")
        begun = time.time()
        hub = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        next(line for line in hub.stdout if "listens on" in line)
        print(f"serves after {time.time() - begun:.1f} s")
        first = Browser(options.port)
        first.sign_in()
        for path in PAGES + MANAGER_PAGES:
            begun = time.time()
            status, data = first.ask("GET", path)
            assert status == 200, (path, status, data[:300])
            print(f"first {path:14} {1000 * (time.time() - begun):8.1f} ms {len(data):7} bytes")
        for path in PAGES + MANAGER_PAGES:
            times, lock = [], threading.Lock()

            def work():
                own = Browser(options.port)
                own.cookies = dict(first.cookies)
                for _ in range(options.times // options.connections):
                    begun = time.time()
                    status, _ = own.ask("GET", path)
                    took = 1000 * (time.time() - begun)
                    assert status == 200, (path, status)
                    with lock:
                        times.append(took)

            threads = [threading.Thread(target=work) for _ in range(options.connections)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            row = [percentile(times, share) for share in (0.5, 0.99, 1.0)]
            print(f"{path:14} median {row[0]:7.1f}  p99 {row[1]:7.1f}  slowest {row[2]:7.1f} ms")
        # A tap, and the page after it.
        page = first.ask("GET", "/sign-in")
        times = []
        for n in range(20):
            first.connection.request("GET", "/me", headers={"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in first.cookies.items())})
            text = first.connection.getresponse().read().decode()
            csrf = re.search(r'name="csrf" value="([^"]*)"', text).group(1)
            key = re.search(r'name="key" value="([^"]*)"', text).group(1)
            begun = time.time()
            status, _ = first.ask("POST", "/me/log", {"csrf": csrf, "metric": "calls", "key": key})
            assert status == 303, status
            status, _ = first.ask("GET", "/me")
            times.append(1000 * (time.time() - begun))
        print(f"tap and page   median {percentile(times, 0.5):7.1f}  slowest {max(times):7.1f} ms")
        print(f"most memory of the hub until here: {peak_mb(hub.pid):.0f} MB")
        lost = sustained(options.port, hub, first, token, options) if options.seconds else 0
        if options.erase:
            hub.terminate()
            hub.wait()
            erase(options.program, db)
        return min(1, lost)
    finally:
        hub.terminate()
        hub.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
