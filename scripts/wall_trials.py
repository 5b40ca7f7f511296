#!/usr/bin/env python3
"""Tries a wall under real compositors while its TV is switched off, flaps, hangs or dies.

scripts/wall_trials.py ROOT [TRIAL...]: ROOT is a Debian system with cage 0.2, weston, wlr-randr, grim and /floorcast in it;
scripts/wall_test.sh makes one. Runs as root, and everything in there as nobody. Each trial ends with an assertion; the table
in docs/kiosk.md says which fault it is of.
"""

import hashlib
import http.server
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import traceback
import urllib.request

ROOT = sys.argv[1]
NOBODY = 65534
TRIALS = []
# A busy machine is given this long for what takes a second.
PATIENCE_S = 60
FLAPS = int(os.environ.get("FLOORCAST_FLAPS", "60"))


def trial(run):
    """Takes a function into the list of those that are run."""
    TRIALS.append(run)
    return run


def until(what, true_now, limit_s=PATIENCE_S):
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if true_now():
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {limit_s} s: {what}")


class Feed:
    """A server with a board whose title says which one it is."""

    def __init__(self):
        self.rev = 1
        feed = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                rows = [{"name": f"Person {n}", "value": n * feed.rev} for n in range(1, 9)]
                slide = {"type": "ranking", "title": f"R{feed.rev}", "rows": rows}
                body = json.dumps({"format": "salesboard/1", "board": "b", "rev": feed.rev, "slides": [slide]}).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/board.json"


class Supervisor:
    """Hears what a program says of itself."""

    def __init__(self, place, name):
        self.inside = f"{place.inside}/{name}"
        path = ROOT + self.inside
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(path)
        os.chmod(path, 0o777)
        self.lines = []
        threading.Thread(target=self.hear, daemon=True).start()

    def hear(self):
        while said := self.socket.recv(4096):
            self.lines += [(time.monotonic(), line) for line in said.decode().splitlines()]

    def since(self, start, text):
        return [at for at, line in self.lines.copy() if at >= start and line.startswith(text)]

    def wait(self, text, start, limit_s=PATIENCE_S):
        until(f"{text}; heard {self.lines[-3:]}", lambda: self.since(start, text), limit_s)
        return self.since(start, text)[0] - start


class Place:
    """A run-time folder in ROOT, and what runs in there as nobody."""

    def __init__(self):
        self.inside = f"/tmp/wall-{os.getpid()}-{len(os.listdir(ROOT + '/tmp'))}"
        os.mkdir(ROOT + self.inside, 0o700)
        os.chown(ROOT + self.inside, NOBODY, NOBODY)
        self.children = []

    def command(self, args, env):
        fixed = {"PATH": "/usr/sbin:/usr/bin", "HOME": self.inside, "XDG_RUNTIME_DIR": self.inside, "LANG": "C.UTF-8"}
        words = [f"{name}={value}" for name, value in {**fixed, **env}.items()]
        return ["chroot", f"--userspec={NOBODY}:{NOBODY}", ROOT, "env", "-i", *words, *args]

    def start(self, name, args, env=None):
        log = open(f"{ROOT}{self.inside}/{name}.log", "ab")
        child = subprocess.Popen(self.command(args, env or {}), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.children.append(child)
        return child

    def run(self, *args):
        env = {"WAYLAND_DISPLAY": "wayland-0"}
        done = subprocess.run(self.command(args, env), capture_output=True, timeout=PATIENCE_S, check=False)
        assert done.returncode == 0, f"{args}: {done.stderr.decode()}"
        return done.stdout

    def log(self):
        names = [name for name in os.listdir(ROOT + self.inside) if name.endswith(".log")]
        texts = (open(f"{ROOT}{self.inside}/{name}", errors="replace").read()[-3000:] for name in names)
        return "\n".join(f"--- {name}\n{text}" for name, text in zip(names, texts))

    def close(self):
        for child in self.children:
            for act in (signal.SIGCONT, signal.SIGKILL):
                if child.poll() is None:
                    child.send_signal(act)
            child.wait()
        shutil.rmtree(ROOT + self.inside, ignore_errors=True)


class Wall(Place):
    """Two units: a compositor with its watch in it, and the board."""

    def __init__(self):
        super().__init__()
        self.feed = Feed()
        self.watch = Supervisor(self, "watch")
        self.judge = Supervisor(self, "judge")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with open(f"{ROOT}{self.inside}/kiosk.toml", "w") as settings:
            settings.write(
                f'[[feed]]\nurl = "{self.feed.url}"\ninterval_s = 2\n[remote]\nlisten = "127.0.0.1:{self.port}"\n'
            )
        self.screen = self.board = None

    def cage(self):
        env = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
        env |= {"NOTIFY_SOCKET": self.watch.inside, "WATCHDOG_USEC": "3000000"}
        start = time.monotonic()
        self.screen = self.start("cage", ["cage", "-s", "--", "/floorcast", "watch-compositor"], env)
        self.watch.wait("READY=1", start)
        return self

    def weston(self, *args):
        command = ["weston", "--backend=headless", "--shell=kiosk", "--idle-time=0", "--no-config", "--socket=wayland-0"]
        self.screen = self.start("weston", [*command, *args])
        until("weston's socket", lambda: os.path.exists(f"{ROOT}{self.inside}/wayland-0"))
        return self

    def run_board(self):
        env = {"WAYLAND_DISPLAY": "wayland-0", "NOTIFY_SOCKET": self.judge.inside, "WATCHDOG_USEC": "3000000"}
        env |= {"XDG_STATE_HOME": f"{self.inside}/state"}
        self.started = time.monotonic()
        self.board = self.start("board", ["/floorcast", "--config", f"{self.inside}/kiosk.toml"], env)
        return self

    def is_ready(self):
        self.judge.wait("READY=1", self.started)
        until("the first board", lambda: self.shows(self.feed.rev))
        return self

    def shows(self, rev):
        try:
            url = f"http://127.0.0.1:{self.port}/status.json"
            with urllib.request.urlopen(url, timeout=4) as answer:
                return (json.load(answer).get("on") or {}).get("title") == f"R{rev}"
        except OSError:
            return False

    def picture(self):
        return hashlib.sha256(self.run("grim", "-t", "ppm", "-")).hexdigest()

    def output(self, *args):
        self.run("wlr-randr", "--output", "HEADLESS-1", *args)

    def end_all(self):
        for child in self.children:
            child.kill()
            child.wait()
        os.remove(f"{ROOT}{self.inside}/wayland-0")

    def memory_mb(self):
        lines = open(f"/proc/{self.board.pid}/status").read().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def handles(self):
        return len(os.listdir(f"/proc/{self.board.pid}/fd"))


@trial
def a_tv_that_is_off_at_night_shows_the_newest_board_in_the_morning(wall):
    wall.cage().run_board().is_ready()
    before, memory = wall.picture(), wall.memory_mb()
    wall.output("--off")
    start = time.monotonic()
    wall.judge.wait("STATUS=NO OUTPUT", start)
    wall.feed.rev = 2
    time.sleep(15)
    assert wall.board.poll() is None, "the board ended"
    for who in (wall.judge, wall.watch):
        pings = who.since(start, "WATCHDOG=1")
        gaps = [later - earlier for earlier, later in zip(pings, pings[1:])]
        assert len(pings) >= 5 and max(gaps) < 3, f"the watchdog went hungry: {gaps}"
    assert wall.memory_mb() - memory < 40, f"{memory} MB became {wall.memory_mb()}"
    wall.output("--on")
    until("another picture", lambda: wall.picture() != before)
    until("the newest board", lambda: wall.shows(2))
    assert wall.board.poll() is None, "the board ended"


@trial
def a_plug_that_flaps_and_modes_that_change_cost_no_memory(wall):
    wall.cage().run_board().is_ready()
    memory, handles, modes = [], [], ["1280x720", "1920x1080", "2560x1440"]
    for flap in range(FLAPS):
        wall.output("--off")
        time.sleep(0.1)
        wall.output("--on", "--custom-mode", modes[flap % 3])
        time.sleep(0.4)
        if flap % 3 == 2:
            memory.append(wall.memory_mb())
            handles.append(wall.handles())
    assert wall.board.poll() is None, "the board ended"
    third = len(memory) // 3
    grown = [statistics.median(of[-third:]) - statistics.median(of[third:-third]) for of in (memory, handles)]
    print(f"    {FLAPS} times off and on: {memory[0]:.0f} MB at first, {grown[0]:+.1f} MB and {grown[1]:+.0f} handles at last")
    assert grown[0] < 8, f"memory grows: {memory}"
    assert grown[1] <= 3, f"handles grow: {handles}"
    wall.feed.rev = 2
    until("the newest board", lambda: wall.shows(2))


@trial
def a_wall_that_starts_without_a_screen_waits_for_one(wall):
    wall.cage()
    wall.output("--off")
    wall.run_board()
    wall.judge.wait("STATUS=NO OUTPUT", wall.started)
    time.sleep(5)
    assert not wall.judge.since(wall.started, "READY=1"), "it says that it can be seen"
    assert wall.board.poll() is None, "the board ended"
    wall.output("--on")
    wall.is_ready()


@trial
def a_weston_without_a_screen_keeps_its_board(wall):
    wall.weston("--no-outputs").run_board()
    wall.judge.wait("STATUS=NO OUTPUT", wall.started)
    time.sleep(10)
    assert wall.board.poll() is None, "the board ended"
    assert wall.judge.since(time.monotonic() - 3, "WATCHDOG=1"), "the watchdog went hungry"


@trial
def a_compositor_that_hangs_is_noticed_by_its_watch_and_by_the_board(wall):
    wall.cage().run_board().is_ready()
    wall.screen.send_signal(signal.SIGSTOP)
    start = time.monotonic()
    noticed = wall.watch.wait("STATUS=STUCK", start, 30)
    wall.feed.rev = 2
    by_board = wall.judge.wait("STATUS=STUCK", start, 150)
    print(f"    noticed after {noticed:.0f} s by the watch, after {by_board:.0f} s by the board")
    for who in (wall.watch, wall.judge):
        time.sleep(2)
        assert not who.since(time.monotonic() - 1.5, "WATCHDOG=1"), "it is fed"
    wall.screen.send_signal(signal.SIGCONT)
    for who in (wall.watch, wall.judge):
        who.wait("WATCHDOG=1", time.monotonic())
    until("the newest board", lambda: wall.shows(2))


@trial
def a_compositor_that_is_killed_takes_the_board_with_it_and_both_come_back(wall):
    wall.cage().run_board().is_ready()
    start = time.monotonic()
    wall.screen.kill()
    wall.screen.wait()
    code = wall.board.wait(10)
    print(f"    the board ended with {code} after {time.monotonic() - start:.2f} s")
    assert code == 75, f"it ended with {code}"
    assert time.monotonic() - start < 5, "it took too long"
    wall.cage().run_board().is_ready()


@trial
def a_board_shows_under_the_compositors_of_this_system(wall):
    versions = wall.run("sh", "-c", "cage -v; weston --version").decode().split("\n")
    print(f"    {', '.join(filter(None, versions))}")
    wall.cage().run_board().is_ready()
    picture = wall.run("grim", "-t", "ppm", "-")
    assert len(set(picture[100:])) > 32, "the screen is of one colour"
    wall.end_all()
    wall.weston().run_board().is_ready()


def main():
    failed = []
    for run in TRIALS:
        if sys.argv[2:] and run.__name__ not in sys.argv[2:]:
            continue
        start, wall = time.monotonic(), Wall()
        try:
            run(wall)
            print(f"ok     {run.__name__} ({time.monotonic() - start:.0f} s)", flush=True)
        except Exception:
            failed.append(run.__name__)
            print(f"FAILED {run.__name__}\n{traceback.format_exc()}{wall.log()}", flush=True)
        finally:
            wall.close()
    sys.exit(f"{len(failed)} trials failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
