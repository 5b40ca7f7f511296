#!/usr/bin/env python3
"""Pushes a board whenever it changes: python3 push_server.py [PORT], then floorcast --feed sse+http://localhost:8000/stream"""
import itertools, json, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DEALS = {"Ana": 3, "Ben": 2, "Cem": 2}
EPOCH = str(int(time.time()))  # a new one at each start, so that `rev` may begin anew

def state(rev):
    rows = [{"name": name, "value": value} for name, value in DEALS.items()]
    slide = {"type": "ranking", "title": "Deals", "rows": rows}
    board = {"format": "salesboard/1", "epoch": EPOCH, "rev": rev, "slides": [slide]}
    return f"event: state\nid: {EPOCH}-{rev}\ndata: {json.dumps(board)}\n\n"

class Stream(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for rev in itertools.count(1):
            self.wfile.write(state(rev).encode())  # the first event is always a whole board
            time.sleep(5)
            self.wfile.write(b": still here\n\n")  # at least every 15 s
            time.sleep(5)
            DEALS["Ben"] += 1  # your database has news

server = ThreadingHTTPServer(("localhost", int(sys.argv[1]) if len(sys.argv) > 1 else 8000), Stream)
server.daemon_threads = True
print(f"sse+http://localhost:{server.server_port}/stream", flush=True)
server.serve_forever()
