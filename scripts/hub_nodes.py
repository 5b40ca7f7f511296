#!/usr/bin/env python3
"""Many walls on several hubs: scripts/hub_nodes.py PROGRAM [--nodes 3] [--real 2000] [--replayed 18000] [--seconds 60].

Starts a PostgreSQL server, two mosquittos and so many hubs on one floor. Real screens listen to streams, spread over the
hubs; replayed ones ask every minute for their board with the tag of the last one, as a wall without a stream does. Facts
come in at 26 a second (12,500 people with 60 activities a day). Half way one hub is killed: its screens go to another.
Prints how soon a change is on the screens and at both brokers, how polls are answered, and what the hubs use.
"""

import argparse
import asyncio
import datetime
import json
import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

POLL_S = 60
# Connections over which replayed screens ask.
LANES = 60
FACTS_A_SECOND = 26
TOPIC = "floor/v1/acme/main/state"


def postgres_program(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until(what, check, patience=120):
    end = time.monotonic() + patience
    while not (found := check()):
        assert time.monotonic() < end, f"not within {patience} s: {what}"
        time.sleep(0.1)
    return found


def ask(address, token=None, body=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(address, data=data, headers=headers), timeout=30) as answer:
        return json.loads(answer.read())


class Cluster:
    def __init__(self, program, nodes):
        self.program, self.folder, self.running = program, tempfile.mkdtemp(prefix="floorcast-nodes-"), []
        os.chmod(self.folder, 0o755)
        self.db = self.start_postgres()
        self.brokers = [self.start_broker(n) for n in range(2)]
        self.hub("demo")
        self.ingest = next(word for word in self.hub("token", "--role", "ingest").split() if word.startswith("fch_"))
        admin = next(word for word in self.hub("token", "--role", "admin").split() if word.startswith("fch_"))
        self.ports = [free_port() for _ in range(nodes)]
        self.hubs = [self.serve(port) for port in self.ports]
        self.people = [person["name"] for person in ask(f"http://127.0.0.1:{self.ports[0]}/api/v1/people?limit=100", admin)]

    def start(self, command, name):
        log = open(f"{self.folder}/{name}.log", "ab")
        process = subprocess.Popen(command, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def start_postgres(self):
        data = f"{self.folder}/data"
        os.mkdir(data)
        user = []
        if os.geteuid() == 0:
            # The server refuses to be root.
            user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
            shutil.chown(data, "postgres")
        made = [*user, postgres_program("initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N", "-D", data]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        options = ["-c", "listen_addresses=127.0.0.1", "-p", str(port), "-c", "max_connections=200"]
        self.start([*user, postgres_program("postgres"), "-D", data, "-k", data, *options], "postgres")
        ready = [postgres_program("pg_isready"), "-h", "127.0.0.1", "-p", str(port)]
        until("PostgreSQL", lambda: subprocess.run(ready, stdout=subprocess.DEVNULL).returncode == 0)
        subprocess.run([postgres_program("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "floor"], check=True)
        return f"postgres://postgres@127.0.0.1:{port}/floor"

    def start_broker(self, n):
        port = free_port()
        with open(f"{self.folder}/broker{n}.conf", "w") as file:
            file.write(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
        self.start(["mosquitto", "-c", f"{self.folder}/broker{n}.conf"], f"broker{n}")
        return port

    def hub(self, command, *args):
        done = subprocess.run([self.program, "hub", command, "--db", self.db, *args], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self, port):
        with open(f"{self.folder}/{port}.toml", "w") as file:
            brokers = ", ".join(f'"mqtt://127.0.0.1:{broker}/floor/v1/acme"' for broker in self.brokers)
            file.write(f'[hub]\ndb = "{self.db}"\nlisten = "127.0.0.1:{port}"\nmqtt = [{brokers}]\n')
        hub = self.start([self.program, "hub", "--config", f"{self.folder}/{port}.toml"], f"hub{port}")

        def serves():
            try:
                return ask(f"http://127.0.0.1:{port}/boards/main")
            except OSError:
                assert hub.poll() is None, Path(f"{self.folder}/hub{port}.log").read_text()
                return None

        until(f"the hub on {port}", serves)
        return hub

    def close(self):
        for process in reversed(self.running):
            process.send_signal(signal.SIGQUIT if process is self.running[0] else signal.SIGKILL)
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Load:
    def __init__(self, cluster, options):
        self.cluster, self.options = cluster, options
        self.ends = time.monotonic() + options.seconds
        # When the newest fact was answered, and by screen when a newer board came.
        self.sent = 0.0
        self.streamed, self.at_brokers, self.polled, self.answers = [], [], [], []
        self.listening, self.events, self.lost, self.reconnects, self.not_modified, self.facts = 0, 0, 0, [], 0, 0

    def ports(self):
        return [port for port, hub in zip(self.cluster.ports, self.cluster.hubs) if hub.poll() is None]

    async def screen(self, n):
        """A wall that listens: goes to the next hub when its own is gone."""
        gone = None
        while time.monotonic() < self.ends:
            ports = self.ports()
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", ports[n % len(ports)], limit=1 << 20)
                writer.write(b"GET /boards/main/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                first, seen = True, 0.0
                while True:
                    line = await reader.readline()
                    if not line:
                        raise ConnectionError
                    if not line.startswith(b"data:"):
                        continue
                    now = time.monotonic()
                    if first:
                        first = False
                        self.listening += 1
                        if gone:
                            self.reconnects.append(now - gone)
                    elif self.sent > seen:
                        self.streamed.append(now - self.sent)
                        seen = self.sent
                    self.events += 1
            except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
                self.lost += 1
                gone = time.monotonic()
                await asyncio.sleep(0.5 + (n % 100) / 100)

    async def replay(self, lane):
        """Several hundred walls that ask each minute, one after the other over one connection."""
        each = self.options.replayed // LANES
        between, tags, n = POLL_S / max(1, each), {}, 0
        await asyncio.sleep(between * lane / LANES)
        reader = None
        due = time.monotonic()
        while time.monotonic() < self.ends:
            ports = self.ports()
            port = ports[(lane + n) % len(ports)] if reader is None else port
            try:
                if reader is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                tag = tags.get(n % each, "")
                begun = time.monotonic()
                head = f"GET /boards/main HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n\r\n"
                writer.write(head.encode())
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
                await reader.readexactly(length)
                self.polled.append(time.monotonic() - begun)
                tags[n % each] = next((line[5:].strip() for line in head.split("\r\n") if line.startswith("etag:")), "")
                self.not_modified += " 304 " in head.split("\r\n")[0] + " "
                assert head.split(" ")[1] in ("200", "304"), head
            except (OSError, asyncio.IncompleteReadError):
                self.lost += 1
                reader = None
            n += 1
            due += between
            await asyncio.sleep(max(0, due - time.monotonic()))

    async def feed(self):
        """The facts of a second at once, to each hub in turn."""
        n = 0
        while time.monotonic() < self.ends - 3:
            begun = time.monotonic()
            at = datetime.datetime.now(datetime.timezone.utc).isoformat()
            people = self.cluster.people
            all = [
                {"ext_id": f"N{n}-{k}", "metric": "won" if k == 0 else "calls", "owner": people[(n + k) % len(people)], "at": at, "value": 1_000 + n}
                for k in range(FACTS_A_SECOND)
            ]
            ports = self.ports()
            address = f"http://127.0.0.1:{ports[n % len(ports)]}/api/v1/activities"
            body = {"source": "load", "activities": all}
            try:
                await asyncio.to_thread(ask, address, self.cluster.ingest, body)
                self.sent = time.monotonic()
                self.answers.append(self.sent - begun)
                self.facts += len(all)
            except OSError:
                self.lost += 1
            n += 1
            await asyncio.sleep(max(0, 2 - (time.monotonic() - begun)))

    async def broker(self, port):
        listen = ["mosquitto_sub", "-h", "127.0.0.1", "-p", str(port), "-t", TOPIC, "-F", "%l"]
        process = await asyncio.create_subprocess_exec(*listen, stdout=asyncio.subprocess.PIPE)
        seen = 0.0
        try:
            while True:
                line = await asyncio.wait_for(process.stdout.readline(), max(0.1, self.ends - time.monotonic()))
                if not line:
                    return
                if self.sent > seen:
                    self.at_brokers.append(time.monotonic() - self.sent)
                    seen = self.sent
        except asyncio.TimeoutError:
            process.kill()
            await process.wait()

    async def kill_one(self):
        await asyncio.sleep(self.options.seconds / 2)
        if len(self.cluster.hubs) > 1:
            self.cluster.hubs[0].kill()
            print(f"half way: one of {len(self.cluster.hubs)} hubs is killed, {self.listening} screens have listened", flush=True)

    async def run(self):
        works = [self.screen(n) for n in range(self.options.real)] + [self.replay(lane) for lane in range(LANES if self.options.replayed else 0)]
        works += [self.feed(), self.kill_one()] + [self.broker(port) for port in self.cluster.brokers]
        tasks = [asyncio.create_task(work) for work in works]
        await asyncio.wait(tasks, timeout=self.options.seconds + 5)
        for task in tasks:
            if task.done() and task.exception():
                print(f"failed: {task.exception()!r}")
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def told(name, times, unit=1000):
    if not times:
        return f"{name}: none"
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * unit
    return f"{name}: {len(times)}, median {statistics.median(times) * unit:.0f} ms, p99 {at(0.99):.0f} ms, slowest {at(1):.0f} ms"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("--nodes", type=int, default=3)
    options.add_argument("--real", type=int, default=2_000)
    options.add_argument("--replayed", type=int, default=18_000)
    options.add_argument("--seconds", type=float, default=60)
    options = options.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    cluster = Cluster(os.path.realpath(options.program), options.nodes)
    try:
        load = Load(cluster, options)
        asyncio.run(load.run())
        print(f"{options.nodes} hubs, {options.real} real and {options.replayed} replayed screens, {options.seconds:.0f} s, {load.facts} facts")
        print(told("facts answered (26 a call)", load.answers))
        print(told("a change on real screens", load.streamed))
        print(told("a change at the brokers", load.at_brokers))
        print(told("polls", load.polled), f"({load.not_modified} not modified)")
        print(told("screens of the killed hub, until they listen elsewhere", load.reconnects))
        print(f"connections lost: {load.lost}")
        for port, hub in zip(cluster.ports, cluster.hubs):
            if hub.poll() is None:
                status = Path(f"/proc/{hub.pid}/smaps_rollup").read_text()
                memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Pss:")) // 1024
                ticks = Path(f"/proc/{hub.pid}/stat").read_text().rsplit(")", 1)[1].split()
                seconds = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
                print(f"hub on {port}: {memory} MB, {seconds:.0f} s of a processor")
        counted = ask(f"http://127.0.0.1:{load.ports()[-1]}/boards/main")
        print(f"board at the end: rev {counted['rev']}, {len(counted['slides'])} slides")
    finally:
        cluster.close()


if __name__ == "__main__":
    main()
