#!/usr/bin/env python3
"""Twice as much as `tabayyun serve` can do, then ten thousand connections, on this machine.

    tests/load/overload.py [SECONDS] [CONNECTIONS]

First what it can do is measured (callers that wait for their answers), then requests arrive at twice that rate whether it answers or not:
articles in both languages, reports, batches, pages and broken requests, each on a connection of its own. It must turn away what is too
much (429, 503), answer the rest in bounded time, not grow, and be as quick as before a few seconds later. Then CONNECTIONS callers
connect and say nothing while others ask. Fails where one of these does not hold.
"""

import asyncio
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 30
CONNECTIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/tabayyun"
# More than this are under way only if answers do not come.
MOST_OPEN = 4_000
PATIENCE = 60


def request(path, kind, body):
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def requests():
    """What is asked, by name; texts of some 40 KB, so that answering costs more than asking."""
    kinds = {}
    for lang in ("ar", "en"):
        lines = open(ROOT / f"training-data/authored-{lang}.jsonl", encoding="utf-8").read().splitlines()
        text = "\n\n".join(json.loads(line)["text"] for line in lines)[:40_000]
        kinds[f"score {lang}"] = request("/v1/score", "application/json", json.dumps({"text": text}).encode())
        kinds[f"report {lang}"] = request("/v1/report", "text/plain; charset=utf-8", text.encode())
        line = json.dumps({"text": text[:4_000]}) + "\n"
        kinds[f"batch {lang}"] = request("/v1/batch", "application/x-ndjson", (line * 10).encode())
    kinds["page"] = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
    kinds["broken"] = request("/v1/score", "application/json", b'{"text": \xff')
    return kinds


async def ask(port, what):
    """The status of the answer and the seconds it took; 0 if there was none."""
    start = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(what)
                head = await reader.readline()
                await reader.read(-1)
                status = int(head.split()[1])
            finally:
                writer.close()
    except (OSError, TimeoutError, IndexError, ValueError):
        status = 0
    return status, time.perf_counter() - start


def quantile(times, share):
    ordered = sorted(times)
    return ordered[int(share * (len(ordered) - 1))] if ordered else float("nan")


class Check:
    def __init__(self):
        self.failed = False

    def __call__(self, holds, what):
        print(f"  {'ok  ' if holds else 'FAIL'} {what}", flush=True)
        self.failed |= not holds


async def main(server, port, check):
    memory = lambda: int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text()).group(1)) / 1e3
    descriptors = lambda: len(os.listdir(f"/proc/{server.pid}/fd"))
    kinds = requests()
    names = list(kinds)

    async def alone():
        return [(await ask(port, kinds["score en"]))[1] for _ in range(30)]

    before, quiet = quantile(await alone(), 0.5), memory()

    async def caller(number, end, done):
        while time.monotonic() < end:
            number += 1
            status, _ = await ask(port, kinds[names[number % len(names)]])
            done[status] += 1

    done, measured = Counter(), 8
    await asyncio.gather(*(caller(3 * n, time.monotonic() + measured, done) for n in range(8)))
    capacity = sum(done.values()) / measured
    print(f"capacity: {capacity:.0f} requests a second of eight kinds; alone, an article of 40 KB takes {before * 1e3:.1f} ms; {quiet:.0f} MB")

    statuses, times, turned, tasks, sizes, unsent = Counter(), [], [], set(), [], 0

    async def one(name):
        status, took = await ask(port, kinds[name])
        statuses[status] += 1
        (turned if status in (429, 503) else times).append(took)

    start, sent = time.monotonic(), 0
    while (passed := time.monotonic() - start) < SECONDS:
        while sent < passed * 2 * capacity:
            sent += 1
            if len(tasks) >= MOST_OPEN:
                unsent += 1
                continue
            task = asyncio.create_task(one(names[sent % len(names)]))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if passed >= len(sizes) * SECONDS / 10:
            sizes.append(memory())
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)
    print(f"twice that for {SECONDS:.0f} s: {sent} requests, {unsent} of them not sent, answers by status {dict(sorted(statuses.items()))}")
    print(f"  answered in ms: p50 {quantile(times, 0.5) * 1e3:.0f}, p99 {quantile(times, 0.99) * 1e3:.0f}; turned away: "
          f"p50 {quantile(turned, 0.5) * 1e3:.0f}, p99 {quantile(turned, 0.99) * 1e3:.0f}; memory {', '.join(f'{s:.0f}' for s in sizes)} MB")
    check(set(statuses) <= {200, 400, 408, 429, 503}, "answers are of the kinds that are documented")
    check(statuses[200] > 0.5 * capacity * SECONDS * 0.875, "it does at least half of what it can do")
    check(quantile(times, 0.99) < 31, "what is answered is answered within the time of a request")
    grown = max(sizes[5:]) / max(sizes[1:5])
    check(grown < 1.25, f"memory of the second half is {grown:.2f} times that of the first")
    await asyncio.sleep(3)
    after = quantile(await alone(), 0.5)
    check(after < 3 * before + 0.02, f"three seconds later an article takes {after * 1e3:.1f} ms")

    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    opened, held = [], descriptors()

    async def idle():
        try:
            opened.append(await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), PATIENCE))
        except (OSError, TimeoutError):
            pass

    waiting = [asyncio.create_task(idle()) for _ in range(CONNECTIONS)]
    await asyncio.sleep(1)
    asked = await asyncio.gather(*(ask(port, kinds["score ar"]) for _ in range(50)))
    most = descriptors()
    await asyncio.gather(*waiting)
    answered = [took for status, took in asked if status in (200, 429, 503)]
    print(f"{CONNECTIONS} silent connections, {len(opened)} opened: of 50 requests among them {len(answered)} answered, "
          f"p50 {quantile(answered, 0.5):.1f} s, most {max(answered, default=0):.1f} s; {most} descriptors, {memory():.0f} MB")
    check(len(answered) == 50, "honest requests among silent connections are answered")
    check(most < 1_200, "it holds no more connections than it says")
    for _, writer in opened:
        writer.close()
    await asyncio.sleep(12)
    again = quantile(await alone(), 0.5)
    check(again < 3 * before + 0.02 and descriptors() <= held + 4, f"afterwards an article takes {again * 1e3:.1f} ms; {descriptors()} descriptors")
    check(memory() < 2 * max(sizes), f"memory {memory():.0f} MB")


server = subprocess.Popen([PROGRAM, "serve", "--addr", "127.0.0.1:0", "--quiet"], stderr=subprocess.PIPE, text=True)
check = Check()
try:
    asyncio.run(main(server, int(re.search(r":(\d+)/", server.stderr.readline()).group(1)), check))
finally:
    server.terminate()
    server.wait()
sys.exit(check.failed)
