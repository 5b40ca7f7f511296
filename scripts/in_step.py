#!/usr/bin/env python3
"""Are screens in step? scripts/in_step.py PROGRAM [SECONDS]: four walls on Xvfb, started at random times, one started again.

They have the same settings and board and know nothing of each other. All of them are asked at once, each second: they must
show the same slide, and leave it at the same time.
"""

import concurrent.futures
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

PROGRAM = os.path.realpath(sys.argv[1])
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 300
WALLS, SLIDES = 4, 6
# While one slide follows the other, walls that are asked within so many seconds may name either of them.
BESIDE_S = 0.5
# The instants at which they leave a slide are known as well as a busy machine answers.
SPREAD_S = 0.25

dice = random.Random(4)
folder = tempfile.mkdtemp(prefix="floorcast-step-")


def settings():
    rows = [{"name": f"Person {n}", "value": n} for n in range(1, 6)]
    slides = [{"type": "ranking", "id": f"s{n}", "title": f"S{n}", "rows": rows} for n in range(SLIDES)]
    with open(f"{folder}/board.json", "w") as board:
        json.dump({"format": "salesboard/1", "board": "b", "slides": slides}, board)


def start(number, port):
    home = f"{folder}/{number}"
    os.makedirs(home, exist_ok=True)
    entries = ", ".join(f'{{ id = "s{n}", dwell_s = {4 + n} }}' for n in range(SLIDES))
    with open(f"{home}/kiosk.toml", "w") as file:
        file.write(f'[feed]\nurl = "{folder}/board.json"\n[playlist]\nin_step = true\nslides = [{entries}]\n')
        file.write(f'[remote]\nlisten = "127.0.0.1:{port}"\n')
    env = dict(os.environ, DISPLAY=f":{display}", XDG_STATE_HOME=f"{home}/state", RUNTIME_DIRECTORY=f"{home}/run")
    command = [PROGRAM, "--config", "kiosk.toml", "--windowed", "320x180"]
    with open(f"{home}/log", "ab") as log:
        return subprocess.Popen(command, cwd=home, env=env, stderr=log)


def ask(port):
    """What is on, and when it will be left; `None`: nobody answers yet."""
    try:
        before = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/status.json", timeout=4) as answer:
            on = json.load(answer)["on"]
        after = time.monotonic()
        return (on["title"], on["left_s"], (before + after) / 2, after - before) if on else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


settings()
display = next(n for n in range(60, 160) if not os.path.exists(f"/tmp/.X11-unix/X{n}"))
screen = subprocess.Popen(["Xvfb", f":{display}", "-screen", "0", "640x360x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
time.sleep(1)
ports = [free_port() for _ in range(WALLS)]
starts = {number: dice.uniform(0, 15) for number in range(WALLS)}
again = min(SECONDS / 2, 120)
walls, began, restarted = {}, time.monotonic(), False
samples, same, apart, spreads, seen = 0, 0, [], [], set()
try:
    with concurrent.futures.ThreadPoolExecutor(WALLS) as pool:
        while (now := time.monotonic() - began) < SECONDS:
            for number, at in starts.items():
                if number not in walls and now >= at:
                    walls[number] = start(number, ports[number])
            if not restarted and now > again and len(walls) == WALLS:
                restarted = True
                walls[2].kill()
                walls[2].wait()
                walls[2] = start(2, ports[2])
            said = [answer for answer in pool.map(ask, ports) if answer]
            if len(said) >= 2:
                samples += 1
                titles = {title for title, *_ in said}
                seen |= titles
                ends = [at + left for _, left, at, _ in said]
                slow = max(took for *_, took in said)
                if len(titles) == 1:
                    same += 1
                    if slow < SPREAD_S:
                        spreads.append(max(ends) - min(ends))
                elif min(left for _, left, *_ in said) > BESIDE_S + slow:
                    apart.append((round(now, 1), said))
            time.sleep(1)
finally:
    for wall in walls.values():
        wall.kill()
        wall.wait()
    screen.kill()
    screen.wait()
worst = max(spreads, default=0)
print(f"{samples} samples: {same} of one slide, {samples - same - len(apart)} between two, {len(apart)} apart")
print(f"they leave a slide within {worst * 1000:.0f} ms of each other, median {sorted(spreads)[len(spreads) // 2] * 1000:.0f} ms")
assert len(walls) == WALLS and restarted and len(seen) == SLIDES, (len(walls), restarted, seen)
assert not apart, apart
assert worst < SPREAD_S, worst
shutil.rmtree(folder)
