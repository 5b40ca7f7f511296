#!/usr/bin/env python3
"""A thousand screens at one mosquitto: how long after the publish of a 91 kB board has the last one got it?

    benches/mqtt_load.py [SCREENS] [ROUNDS]

All screens are connections of this one process; each acknowledges the board and says its status, as the kiosk does.
Bar: the last one served at most 1 s after the publish, in every round (exit 1 above it).
"""

import json
import os
import selectors
import socket
import struct
import subprocess
import sys
import tempfile
import time

SCREENS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
STATE = "floor/v1/acme/main/state"
BAR_S = 1.0


def text(value):
    raw = value.encode()
    return struct.pack(">H", len(raw)) + raw


def packet(kind, body):
    length, out = len(body), bytearray([kind])
    while True:
        length, digit = length // 128, length % 128
        out.append(digit | (128 if length else 0))
        if not length:
            return bytes(out) + body


def connect(port, name):
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(packet(0x10, text("MQTT") + bytes([4, 2]) + struct.pack(">H", 0) + text(name)))
    assert sock.recv(4)[:1] == b"\x20", "not let in"
    return sock


def board(rev):
    people = {f"p{i}": {"name": f"Person Number {i}", "team": f"t{i % 12}", "short": f"P{i}"} for i in range(200)}
    teams = {f"t{i}": {"name": f"Team {i}"} for i in range(12)}
    rows = [{"who": f"p{i}", "value": 1000 * i + rev, "target": 150000, "was_rank": i + 1} for i in range(200)]
    slides = [{"type": "ranking", "title": f"Ranking {n}", "rows": rows} for n in range(6)]
    body = json.dumps({"format": "salesboard/1", "epoch": "load", "rev": rev, "people": people, "teams": teams, "slides": slides})
    # Spaces to the size that 200 people with full rankings and a scorecard take.
    return (body + " " * max(0, 91_000 - len(body))).encode()


class Screen:
    """One connection, and how much of the packet that comes is still missing."""

    def __init__(self, port, number):
        self.name = f"screen-{number}"
        self.sock = connect(port, self.name)
        self.sock.sendall(packet(0x82, struct.pack(">H", 1) + text(STATE) + b"\x01"))
        self.came = bytearray()
        self.sock.setblocking(False)

    def read(self, rev):
        """Takes what came; whether the board is complete."""
        got = False
        try:
            while chunk := self.sock.recv(1 << 17):
                self.came += chunk
        except BlockingIOError:
            pass
        while len(self.came) >= 2:
            length, shift, at = 0, 0, 1
            while at < len(self.came):
                byte = self.came[at]
                length |= (byte & 127) << shift
                at, shift = at + 1, shift + 7
                if not byte & 128:
                    break
            else:
                break
            if len(self.came) < at + length:
                break
            if self.came[0] >> 4 == 3:
                got = True
                (topic,) = struct.unpack_from(">H", self.came, at)
                pkid = bytes(self.came[at + 2 + topic : at + 4 + topic])
                status = json.dumps({"state": "online", "epoch": "load", "rev": rev, "as_of": None, "version": "load"})
                topic = f"floor/v1/acme/screen/{self.name}/status"
                said = packet(0x33, text(topic) + struct.pack(">H", 2) + status.encode())
                self.sock.sendall(packet(0x40, pkid) + said)
            del self.came[: at + length]
        return got


def main():
    place = tempfile.mkdtemp()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    conf = os.path.join(place, "conf")
    with open(conf, "w", encoding="utf-8") as file:
        file.write(f"listener {port} 127.0.0.1\nallow_anonymous true\nmessage_size_limit 1114112\nmax_queued_messages 20\n")
    broker = subprocess.Popen(["/usr/sbin/mosquitto", "-c", conf], stderr=subprocess.DEVNULL)
    try:
        return measure(broker, port)
    finally:
        broker.terminate()
        broker.wait()
        os.remove(conf)
        os.rmdir(place)


def measure(broker, port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.02)
    look = selectors.DefaultSelector()
    screens = [Screen(port, i) for i in range(SCREENS)]
    for screen in screens:
        look.register(screen.sock, selectors.EVENT_READ, screen)
    hub = connect(port, "hub")
    size = len(board(1))
    lasts, middles = [], []
    for rev in range(1, ROUNDS + 1):
        body = board(rev)
        waiting, served = set(screens), []
        begin = time.monotonic()
        hub.sendall(packet(0x31, text(STATE) + body))
        while waiting and time.monotonic() - begin < 30:
            for key, _ in look.select(1):
                if key.data.read(rev):
                    waiting.discard(key.data)
                    served.append(time.monotonic() - begin)
        if waiting:
            print(f"round {rev}: {len(waiting)} screens got nothing within 30 s")
            return 1
        lasts.append(served[-1])
        middles.append(served[len(served) // 2])
        # The acknowledgements and statuses are through before the next.
        quiet = time.monotonic() + 0.5
        while time.monotonic() < quiet:
            for key, _ in look.select(0.1):
                key.data.read(rev)
    with open(f"/proc/{broker.pid}/status", encoding="utf-8") as status:
        rss = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    print(f"{SCREENS} screens, {size} bytes, {ROUNDS} rounds, mosquitto {int(rss) // 1024} MB")
    print("the middle one after " + ", ".join(f"{1000 * s:.0f}" for s in middles) + " ms")
    print("the last one after   " + ", ".join(f"{1000 * s:.0f}" for s in lasts) + f" ms; worst {1000 * max(lasts):.0f} ms")
    return 0 if max(lasts) <= BAR_S else 1


if __name__ == "__main__":
    sys.exit(main())
