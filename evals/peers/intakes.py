"""How many complaints a second other desks take in: the same texts, as many connections, SQLite on the same disk.

Starts baisitong2 (its rule engine reads each text) and django-helpdesk (which reads nothing), each as its own package
from PyPI in a virtual environment under var/peers; one that cannot be installed is named and left out.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "evals" / "peers"
PLACE = ROOT / "var" / "peers-intakes"
CONNECTIONS = 16
SECONDS = 10
WARM_SECONDS = 2
PATIENCE_SECONDS = 60


def main():
    for name, packages, start in (
        ("baisitong2", ["baisitong2==1.0.2"], start_baisitong),
        ("django-helpdesk", ["django-helpdesk==2.6.1", "gunicorn==23.0.0", "setuptools<81"], start_helpdesk),
    ):
        python = install(name, packages)
        if python is None:
            print(f"left out, cannot be installed here: {name}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            server, port, path, headers, body_of = start(python, Path(folder))
            try:
                wait_until_open(server, port)
                saturate(port, path, headers, body_of, WARM_SECONDS)
                count, refused = saturate(port, path, headers, body_of, SECONDS)
            finally:
                server.terminate()
                server.wait()
        print(f"{name:16} intakes/s {count / SECONDS:7.1f}   ({CONNECTIONS} connections, SQLite, {refused} refused)", flush=True)


def install(name, packages):
    """The interpreter of the package's own environment; none when it cannot be installed."""
    place = PLACE / name
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    return python if subprocess.run(command).returncode == 0 else None


def start_baisitong(python, folder):
    port = free_port()
    command = [python, "-m", "baisitong2", "--host", "127.0.0.1", "--port", str(port), "--db", f"sqlite:///{folder}/peer.db"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"LOG_LEVEL": "ERROR"})
    return server, port, "/api/appeals", {}, lambda text: {"content": text}


def start_helpdesk(python, folder):
    port = free_port()
    surroundings = os.environ | {"HELPDESK_DATABASE": str(folder / "peer.db"), "PYTHONPATH": str(HERE)}
    prepared = subprocess.run([python, HERE / "helpdesk_site.py", "prepare"], check=True, capture_output=True, text=True, env=surroundings)
    token = prepared.stdout.split()[-1]
    command = [python, "-m", "gunicorn", "--workers", "2", "--threads", "8", "--bind", f"127.0.0.1:{port}", "helpdesk_site:application"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=surroundings)

    def body_of(text):
        return {"queue": 1, "title": text[:40], "description": text, "submitter_email": "someone@example.com", "priority": 3}

    return server, port, "/api/tickets/", {"Authorization": f"Token {token}"}, body_of


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(server, port):
    for _ in range(PATIENCE_SECONDS * 20):
        if server.poll() is not None:
            sys.exit("the peer ended before it was ready")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("the peer did not become ready")


def saturate(port, path, headers, body_of, seconds):
    """Everybody asks again as soon as answered; how many were taken in, and how many refused."""
    texts = [json.loads(line)["text"] for line in open(ROOT / "corpus" / "authored" / "dev.jsonl", encoding="utf-8")]
    texts = [text for text in texts if len(text) >= 5]
    ends = time.monotonic() + seconds
    taken, refused = [0] * CONNECTIONS, [0] * CONNECTIONS

    def ask(own):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        number = own
        while time.monotonic() < ends:
            body = json.dumps(body_of(texts[number % len(texts)]))
            number += CONNECTIONS
            try:
                connection.request("POST", path, body, {"Content-Type": "application/json"} | headers)
                answer = connection.getresponse()
                said = answer.read()
            except (HTTPException, OSError):
                connection.close()
                refused[own] += 1
                continue
            if answer.status < 300:
                taken[own] += 1
            else:
                refused[own] += 1
                last[0] = said[:300]

    last = [b""]
    threads = [threading.Thread(target=ask, args=(own,)) for own in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if sum(taken) == 0:
        sys.exit(f"the peer took nothing in: {last[0].decode(errors='replace')}")
    return sum(taken), sum(refused)


if __name__ == "__main__":
    main()
