#!/usr/bin/env python3
"""Leaves a wall to chaos and looks whether it comes back: scripts/chaos.py PROGRAM [MINUTES] [SEED].

Of a wall with a feed over HTTP, a file and a map on a screen of Xvfb one thing after another fails: the program and the
screen are stopped and killed, the server is cut off, stalls or answers nonsense, the clock is set. A small supervisor does
what systemd does: it starts again what has ended, and ends what no longer feeds its watchdog. Every five minutes, and in the
end, everything is let be for a minute: then the newest boards must be on the wall. After the first quarter the program is
not killed any more, and the growth of its memory is measured; that of less than an hour is told and not judged.
"""

import collections
import http.server
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

PROGRAM = os.path.realpath(sys.argv[1])
MINUTES = float(sys.argv[2]) if len(sys.argv) > 2 else 60
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
REST_EVERY_S = 300
HEALED_S = 60
# Megabytes an hour. What memory does in less time says nothing of an hour.
BAR, JUDGED_MINUTES = 1.0, 60
# What the program takes in its first minutes is no growth.
SETTLES_S = min(300, MINUTES * 6)

dice = random.Random(SEED)
folder = tempfile.mkdtemp(prefix="floorcast-chaos-")
ended = threading.Event()
began = time.monotonic()


def note(text):
    print(f"{time.monotonic() - began:7.1f} {text}", flush=True)


class Feed:
    """A server that can be told to misbehave."""

    def __init__(self):
        self.mood, self.rev = "well", 0
        feed = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if feed.mood == "cut":
                    self.close_connection = True
                    return
                if feed.mood == "stalls":
                    ended.wait(30)
                body = document("A", feed.rev) if feed.mood != "nonsense" else b"<html>Sign in</html>"
                self.send_response(500 if feed.mood == "broken" else 200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if feed.mood == "half" else body)

            def log_message(self, *_):
                pass

            def handle(self):
                try:
                    super().handle()
                except OSError:
                    pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/board.json"

    def put(self, rev):
        """All three sources have this board from now on."""
        self.rev = rev
        for name, body in (("b.json", document("B", rev)), ("m.json", json.dumps({"rev": rev}).encode())):
            with open(f"{folder}/{name}.new", "wb") as new:
                new.write(body)
            os.rename(f"{folder}/{name}.new", f"{folder}/{name}")


def document(title, rev):
    rows = [{"who": f"p{n}", "value": (n * 7919 + rev * 104_729) % 90_000} for n in range(12)]
    people = {f"p{n}": {"name": f"Person {n}"} for n in range(12)}
    board = {"format": "salesboard/1", "board": title, "epoch": "e", "rev": rev, "people": people}
    board["events"] = [{"id": f"{title}-{rev}", "at": "2026-01-05T12:00:00Z", "kind": "won", "who": ["p1"], "value": rev}]
    board["slides"] = [{"type": "ranking", "id": title, "title": f"{title}{rev}", "rows": rows}]
    return json.dumps(board).encode()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Wall:
    """The screen, the program, and who starts both again."""

    def __init__(self, feed):
        self.port, self.starts, self.ends = free_port(), 0, collections.Counter()
        self.screen = self.program = None
        self.stopped_until = 0.0
        with open(f"{folder}/kiosk.toml", "w") as settings:
            settings.write(
                f'[[feed]]\nname = "a"\nurl = "{feed.url}"\ninterval_s = 5\n[[feed]]\nname = "b"\nurl = "b.json"\n'
                '[[feed]]\nname = "m"\nmap = "m.jq"\ninterval_s = 5\n[[feed.source]]\nname = "deals"\nfile = "m.json"\n'
                f'[remote]\nlisten = "127.0.0.1:{self.port}"\n'
            )
        with open(f"{folder}/m.jq", "w") as program:
            slide = r'{type: "ranking", id: "m", title: "M\(.sources.deals.rev)", rows: [{name: "Ana", value: 1}]}'
            program.write('{format: "salesboard/1", slides: [' + slide + "]}")
        with open(f"{folder}/clock", "w") as clock:
            clock.write("+0s")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(f"{folder}/notify")
        self.socket.settimeout(0.2)
        self.fed = self.looked = time.monotonic()
        self.measures, self.memory = False, []
        self.number = next(n for n in range(60, 160) if not os.path.exists(f"/tmp/.X11-unix/X{n}"))
        threading.Thread(target=self.supervise, daemon=True).start()

    def supervise(self):
        again = 0.0
        while not ended.is_set():
            try:
                if b"WATCHDOG=1" in self.socket.recv(4096):
                    self.fed = time.monotonic()
            except TimeoutError:
                pass
            if self.screen is None or self.screen.poll() is not None:
                command = ["Xvfb", f":{self.number}", "-screen", "0", "640x360x24", "-nolisten", "tcp"]
                self.screen = subprocess.Popen(command, stderr=subprocess.DEVNULL)
                time.sleep(1)
            if self.program is not None and self.program.poll() is not None:
                self.ends[self.program.returncode] += 1
                self.program, again = None, time.monotonic() + 3
            if self.program is None and time.monotonic() >= again:
                self.start()
            if self.measures and time.monotonic() - self.looked > 5 and (mb := self.memory_mb()):
                self.looked = time.monotonic()
                self.memory.append((self.looked, mb))
            # As WatchdogSec=60 does.
            if self.program is not None and time.monotonic() - self.fed > 60:
                note("the watchdog ends the program")
                self.ends["watchdog"] += 1
                self.program.kill()
                self.fed = time.monotonic()

    def start(self):
        env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        env |= {"DISPLAY": f":{self.number}", "NOTIFY_SOCKET": f"{folder}/notify", "WATCHDOG_USEC": "60000000"}
        env |= {"XDG_STATE_HOME": f"{folder}/state", "RUNTIME_DIRECTORY": f"{folder}/run", "LANG": "C.UTF-8"}
        env |= {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
        library = next((path for path in FAKETIME if os.path.exists(path)), None)
        if library:
            env |= {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": f"{folder}/clock", "FAKETIME_NO_CACHE": "1"}
            env |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
        with open(f"{folder}/log", "ab") as log:
            self.program = subprocess.Popen([PROGRAM, "--config", "kiosk.toml"], cwd=folder, env=env, stderr=log)
        self.starts += 1
        self.fed = self.started = time.monotonic()
        self.memory = []

    def shows(self, rev):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status.json", timeout=4) as answer:
                titles = {slide["title"] for slide in json.load(answer)["slides"]}
        except (OSError, ValueError, KeyError):
            return False
        return {f"{name}{rev}" for name in "ABM"} <= titles

    def memory_mb(self):
        try:
            with open(f"/proc/{self.program.pid}/smaps_rollup") as lines:
                own = [line.split()[1] for line in lines if line.startswith(("Anonymous:", "Swap:"))]
            return sum(map(int, own)) / 1024
        except (OSError, AttributeError):
            return None

    def send(self, who, act):
        child = self.screen if who == "screen" else self.program
        if child is not None and child.poll() is None:
            child.send_signal(act)


FAKETIME = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"]


def fault(wall, feed, may_kill):
    """Lets one thing fail for a while."""
    kinds = ["stop", "stop screen", "server", "server", "clock"] + (["kill", "kill screen"] if may_kill else [])
    kind = dice.choice(kinds)
    lasts = dice.uniform(1, 12)
    if kind.startswith("stop"):
        who = "screen" if kind == "stop screen" else "program"
        note(f"{kind} for {lasts:.0f} s")
        wall.send(who, signal.SIGSTOP)
        ended.wait(lasts)
        wall.send(who, signal.SIGCONT)
    elif kind.startswith("kill"):
        note(kind)
        wall.send("screen" if kind == "kill screen" else "program", signal.SIGKILL)
        ended.wait(lasts)
    elif kind == "server":
        feed.mood = dice.choice(["cut", "stalls", "nonsense", "broken", "half"])
        note(f"server: {feed.mood} for {lasts:.0f} s")
        ended.wait(lasts)
        feed.mood = "well"
    else:
        step = dice.choice(["-86400s", "+86400s", "-3600s", "+3600s", "+30s", "-30s", "+0s", "-1500000000s"])
        note(f"clock: {step}")
        with open(f"{folder}/clock", "w") as clock:
            clock.write(step)
        ended.wait(lasts)
    return kind


def slope(samples):
    """Megabytes an hour by Theil and Sen: a single peak does not move it."""
    slopes = [
        (later - earlier) / (at_later - at_earlier) * 3600
        for n, (at_earlier, earlier) in enumerate(samples)
        for at_later, later in samples[n + 1 :]
        if at_later - at_earlier > 60
    ]
    return statistics.median(slopes) if slopes else None


def main():
    if not any(map(os.path.exists, FAKETIME)):
        sys.exit("faketime is missing: apt-get install faketime")
    feed = Feed()
    feed.put(1)
    wall = Wall(feed)
    kinds, wrong = collections.Counter(), []
    rest = began + REST_EVERY_S
    until = began + MINUTES * 60
    try:
        while time.monotonic() < until:
            lives = time.monotonic() > began + MINUTES * 15
            feed.put(feed.rev + 1)
            kinds[fault(wall, feed, not lives)] += 1
            ended.wait(dice.uniform(1, 8))
            wall.measures = lives and time.monotonic() - wall.started > SETTLES_S
            if time.monotonic() > min(rest, until):
                rest = time.monotonic() + REST_EVERY_S
                with open(f"{folder}/clock", "w") as clock:
                    clock.write("+0s")
                feed.put(feed.rev + 1)
                start = time.monotonic()
                while not wall.shows(feed.rev) and time.monotonic() - start < HEALED_S:
                    ended.wait(0.5)
                took = time.monotonic() - start
                note(f"rest: the newest boards were there after {took:.0f} s, memory {wall.memory_mb()} MB")
                if took >= HEALED_S:
                    wrong.append(f"the boards {feed.rev} were not on the wall after {HEALED_S} s")
        memory = wall.memory
        growth = slope(memory)
        note(f"{sum(kinds.values())} faults {dict(kinds)}; {wall.starts} starts, ends {dict(wall.ends)}")
        sizes = [mb for _, mb in memory]
        if growth is not None:
            span = (memory[-1][0] - memory[0][0]) / 60
            note(f"memory in {span:.0f} min: {min(sizes):.1f} to {max(sizes):.1f} MB, {growth:+.2f} MB an hour")
        if MINUTES >= JUDGED_MINUTES and (growth is None or growth >= BAR):
            wrong.append(f"memory grows by {growth} MB an hour")
        if unknown := set(wall.ends) - {75, -signal.SIGKILL, "watchdog"}:
            wrong.append(f"the program ended with {unknown}")
    finally:
        ended.set()
        for child in (wall.program, wall.screen):
            if child is not None and child.poll() is None:
                child.send_signal(signal.SIGCONT)
                child.kill()
                child.wait()
    if wrong:
        print(open(f"{folder}/log", errors="replace").read()[-20000:])
        sys.exit("\n".join(wrong))
    shutil.rmtree(folder)


main()
