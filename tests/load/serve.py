#!/usr/bin/env python3
"""Load on `tabayyun serve` on this machine: CLIENTS parallel callers for SECONDS, texts of training-data in both languages.

    tests/load/serve.py [CLIENTS] [SECONDS]

Prints requests by status, errors, latencies and the server's memory at the start, in the middle and at the end.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENTS, SECONDS = (int(value) for value in (sys.argv[1:] + ["64", "60"])[:2]) if len(sys.argv) > 2 else (64, 60)
PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tabayyun"
texts = [json.loads(line)["text"] for lang in ("ar", "en") for line in open(ROOT / f"training-data/authored-{lang}.jsonl", encoding="utf-8")]
bodies = [json.dumps({"text": text}).encode() for text in texts]
server = subprocess.Popen([PROGRAM, "serve", "--addr", "127.0.0.1:0", "--quiet"], stderr=subprocess.PIPE, text=True)
port = int(re.search(r":(\d+)/", server.stderr.readline()).group(1))
statuses, times, faults, lock = {}, [], [], threading.Lock()


def memory():
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text()).group(1)) / 1e3


def caller(number, end):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    at = number
    while time.monotonic() < end:
        start = time.perf_counter()
        try:
            connection.request("POST", "/v1/score", bodies[at % len(bodies)], {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            took = time.perf_counter() - start
            with lock:
                statuses[answer.status] = statuses.get(answer.status, 0) + 1
                times.append(took)
        except OSError as error:
            with lock:
                faults.append(repr(error))
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        at += 1


try:
    end = time.monotonic() + SECONDS
    threads = [threading.Thread(target=caller, args=(number, end)) for number in range(CLIENTS)]
    first = memory()
    for thread in threads:
        thread.start()
    time.sleep(SECONDS / 2)
    middle = memory()
    for thread in threads:
        thread.join()
    times.sort()
    at = lambda share: times[int(share * (len(times) - 1))] * 1e3
    print(f"{CLIENTS} clients, {SECONDS} s: {len(times) / SECONDS:.0f} requests a second, by status {statuses}, {len(faults)} errors {faults[:3]}")
    print(f"latency ms: p50 {at(0.5):.1f}, p99 {at(0.99):.1f}, most {times[-1] * 1e3:.1f}; memory MB: {first:.0f}, {middle:.0f}, {memory():.0f}")
finally:
    server.terminate()
    server.wait()
