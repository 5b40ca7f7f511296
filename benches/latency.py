#!/usr/bin/env python3
"""From a change at the source to the first moved pixel, in a window on Xvfb, over loopback: SSE and MQTT.

    benches/latency.py [PROGRAM] [CHANGES]

SSE comes from a server in this process; MQTT from a real mosquitto (/usr/sbin/mosquitto) on a port of its own, with settings
and log in a folder that is removed, where this process publishes the retained board with QoS 0. The kiosk is the same for
both. A change is published each three seconds or so, when nothing moves any more and the collecting time is over; the frame
log says when a frame that differs was handed to the display. Both times are of one monotonic clock in this process: from
before the publish to the line in the log. Printed: the median of all changes (50 unless said otherwise), the 90th of a
hundred, the highest. Bar: the median is at most 300 ms (exit 1 above it).
"""

import http.server
import json
import os
import queue
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "target/release/floorcast"
CHANGES = int(sys.argv[2]) if len(sys.argv) > 2 else 50
BAR_MS = 300
PEOPLE = ["Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo", "Ida", "Jon"]


def board(rev):
    # The lower half passes the upper half and back: rows move at each change.
    rows = [{"name": name, "value": 10 * i + (rev % 2) * 55 * (1 if i < 5 else 0) + rev} for i, name in enumerate(PEOPLE)]
    slide = {"type": "ranking", "id": "r", "title": "Deals", "rows": rows}
    return json.dumps({"format": "salesboard/1", "epoch": "e", "rev": rev, "fresh_for_s": 86400, "slides": [slide]})


class Sse:
    """A stream of boards; the newest first to whoever connects."""

    def __init__(self):
        self.listeners, self.newest = [], board(1)
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                mine = queue.Queue()
                mine.put(owner.newest)
                owner.listeners.append(mine)
                try:
                    while True:
                        try:
                            text = f"event: state\ndata: {mine.get(timeout=10)}\n\n"
                        except queue.Empty:
                            text = ": alive\n"
                        self.wfile.write(text.encode())
                        self.wfile.flush()
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"sse+http://127.0.0.1:{self.server.server_address[1]}/stream"

    def publish(self, text):
        self.newest = text
        for listener in self.listeners:
            listener.put(text)

    def stop(self):
        self.server.shutdown()


class Mqtt:
    """A mosquitto, and a connection that publishes the retained board."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.place = tempfile.mkdtemp()
        conf = os.path.join(self.place, "conf")
        with open(conf, "w", encoding="utf-8") as file:
            file.write(f"user root\nlog_dest file {self.place}/log\nlistener {port} 127.0.0.1\nallow_anonymous true\n")
        self.broker = subprocess.Popen(["/usr/sbin/mosquitto", "-c", conf], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                self.sock = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                time.sleep(0.02)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.sendall(b"\x10\x0f\x00\x04MQTT\x04\x02\x00\x00\x00\x03hub")
        assert self.sock.recv(4)[:1] == b"\x20"
        self.url = f"mqtt://127.0.0.1:{port}/floor/v1/acme/main"
        self.publish(board(1))

    def publish(self, text):
        topic = b"floor/v1/acme/main/state"
        body = len(topic).to_bytes(2, "big") + topic + text.encode()
        length, head = len(body), bytearray([0x31])
        while True:
            length, digit = length // 128, length % 128
            head.append(digit | (128 if length else 0))
            if not length:
                break
        self.sock.sendall(bytes(head) + body)

    def stop(self):
        self.broker.terminate()
        self.broker.wait()
        shutil.rmtree(self.place)


def shown(log):
    """How many frames that differ have been handed to the display."""
    return sum(1 for line in log if line.rstrip().endswith("shown"))


def measure(source, display, place):
    frames = os.path.join(place, "frames")
    env = dict(os.environ, DISPLAY=display, WAYLAND_DISPLAY="", XDG_STATE_HOME=place)
    conf = os.path.join(place, "kiosk.toml")
    with open(conf, "w", encoding="utf-8") as file:
        file.write("pixel_shift = false\n")
    wall = subprocess.Popen(
        [PROGRAM, "--config", conf, "--feed", source.url, "--slide", "ranking", "--windowed", "1280x720", "--frame-log", frames],
        env=env, stderr=subprocess.DEVNULL)
    out = []
    try:
        while not os.path.exists(frames):
            time.sleep(0.05)
        time.sleep(8)
        with open(frames, encoding="utf-8") as log:
            assert shown(log.readlines()) > 0, "nothing was drawn"
            for rev in range(2, CHANGES + 2):
                # Whatever still moves comes to rest; a tick of the clock just then would be taken for the change.
                while True:
                    log.readlines()
                    time.sleep(0.5)
                    if not shown(log.readlines()) and time.time() % 60 < 58:
                        break
                text, begin = board(rev), time.monotonic()
                source.publish(text)
                while not shown(log.readlines()):
                    time.sleep(0.0005)
                    assert time.monotonic() - begin < 10, f"no picture for rev {rev}"
                out.append(1000 * (time.monotonic() - begin))
                time.sleep(1.8 + random.random() * 0.4)
    finally:
        wall.terminate()
        wall.wait()
    return out


def main():
    place = tempfile.mkdtemp()
    ready, say = os.pipe()
    xvfb = subprocess.Popen(["Xvfb", "-displayfd", str(say), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
                            pass_fds=[say], stderr=subprocess.DEVNULL)
    display = ":" + os.read(ready, 16).decode().strip()
    fine = True
    try:
        for name, make in [("SSE", Sse), ("MQTT", Mqtt)]:
            source = make()
            os.mkdir(os.path.join(place, name))
            ms = sorted(measure(source, display, os.path.join(place, name)))
            source.stop()
            middle = statistics.median(ms)
            print(f"{name}: {len(ms)} changes, median {middle:.0f} ms, p90 {ms[len(ms) * 9 // 10]:.0f} ms, highest {ms[-1]:.0f} ms", flush=True)
            fine &= middle <= BAR_MS
    finally:
        xvfb.terminate()
        xvfb.wait()
        shutil.rmtree(place)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
