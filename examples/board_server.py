#!/usr/bin/env python3
"""Serves a board to poll: python3 board_server.py [PORT], then floorcast --feed http://localhost:8000/board.json"""
import json, sys
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

DEALS = {"Ana": 3, "Ben": 2, "Cem": 2}  # from your database

class Board(BaseHTTPRequestHandler):
    def do_GET(self):
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        rows = [{"name": name, "value": value} for name, value in DEALS.items()]
        slide = {"type": "ranking", "title": "Deals", "rows": rows}
        body = json.dumps({"format": "salesboard/1", "as_of": now, "slides": [slide]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

server = HTTPServer(("localhost", int(sys.argv[1]) if len(sys.argv) > 1 else 8000), Board)
print(f"http://localhost:{server.server_port}/board.json", flush=True)
server.serve_forever()
