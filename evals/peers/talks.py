"""A thousand live conversations over HTTP: how long a turn takes to its advice at the pace of real talk."""

import json
import sys
import threading
import time
from http.client import HTTPConnection

TALKS = 1_000
# Somebody says something every ten seconds in each of them.
TURNS_PER_SECOND = TALKS / 10
SECONDS = 20
WORKERS = 16


def measure_live_talks(port, headers, dialogues):
    """Opens the conversations, then adds turns at the pace; prints the median and the 99th percentile in milliseconds."""
    lines = [json.loads(line) for line in dialogues.read_text(encoding="utf-8").splitlines()]
    talks = [[{"role": turn["role"], "text": turn["text"]} for turn in line["turns"]] for line in lines]
    ids = open_talks(port, headers, talks)
    start = time.monotonic() + 1
    offered = int(TURNS_PER_SECOND * SECONDS)
    took, lock = [], threading.Lock()

    def work(worker):
        connection = HTTPConnection("127.0.0.1", port)
        for number in range(worker, offered, WORKERS):
            due = start + number / TURNS_PER_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            place, at = number % TALKS, 2 + number // TALKS
            turns = talks[place % len(talks)]
            body = {"after": at, "turns": [turns[at % len(turns)]]}
            send(connection, headers, f"/api/v1/conversations/{ids[place]}/turns", body, 200)
            # From the moment it was due, so that waiting in line counts.
            with lock:
                took.append(time.monotonic() - due)

    workers = [threading.Thread(target=work, args=(worker,)) for worker in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    took.sort()
    at = lambda share: took[min(len(took) - 1, int(len(took) * share))] * 1000
    print(f"live conversations {TALKS:8,}   {TURNS_PER_SECOND:.0f} turns/s: turn to advice {at(0.5):.0f} ms at the median, "
          f"{at(0.99):.0f} ms at p99")


def open_talks(port, headers, talks):
    connection = HTTPConnection("127.0.0.1", port)
    ids = []
    for place in range(TALKS):
        turns = talks[place % len(talks)][:2]
        view = send(connection, headers, "/api/v1/conversations", {"agent": f"A{place % 20:02}", "turns": turns}, 201)
        ids.append(view["id"])
    return ids


def send(connection, headers, path, body, expected):
    connection.request("POST", path, json.dumps(body), headers)
    reply = connection.getresponse()
    text = reply.read()
    if reply.status != expected:
        sys.exit(f"{path} answered {reply.status}: {text[:300]!r}")
    return json.loads(text)
