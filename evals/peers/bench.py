"""Measures the product beside its peers in one run and prints ratios; with --write, both READMEs quote what it printed.

Reads the release binary given by --binary. Peers are installed into a virtual environment under var/peers
(fastText and jieba + scikit-learn); one that cannot be installed is named and left out.
Times are CPU seconds of one core, so that other work on the machine does not count.
"""

import argparse
import gzip
import json
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

from talks import measure_live_talks

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "var" / "peers"
TEXTS = 100_000
# Lengths at which the engine is measured in-process, in characters, and how many texts of each the peers read.
LENGTHS = (25, 75)
TEXTS_OF_A_LENGTH = 20_000


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--binary", required=True, type=Path)
    arguments.add_argument("--texts", type=int, default=TEXTS)
    arguments.add_argument("--write", action="store_true", help="put what is printed into both READMEs")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.txt"
        source, mean = write_short_texts(texts, options.texts)
        compare_in_process(Path(folder))
        say(f"{options.texts:,} short texts from {source}, mean {mean:.1f} characters, as `tingsu analyze` reads and writes them")
        pace, apart = measure_tingsu(options.binary, texts, options.texts)
        print_ratios([("tingsu, everything, JSON written", pace)] + measure_peers(texts, options.texts))
        say(f"`tingsu analyze` kept {apart:.2f} cores busy\n")
        measure_server(options.binary, Path(folder))
    if options.write:
        write_into_readmes()


SAID = []


def say(line):
    print(line, flush=True)
    SAID.extend(line.split("\n"))


def write_into_readmes():
    """Puts what was said into the block of each README that follows the words `make bench`."""
    for name in ("README.md", "README.zh-CN.md"):
        page = ROOT / name
        before, rest = page.read_text(encoding="utf-8").split("make bench`", 1)
        lead, _, rest = rest.split("```\n", 2)
        page.write_text(f"{before}make bench`{lead}```\n" + "\n".join(SAID).strip() + f"\n```\n{rest}", encoding="utf-8")


def compare_in_process(folder):
    """The engine without reading files or writing JSON, beside the peers, on texts of exactly so many characters."""
    paces = measure_in_process()
    for length in LENGTHS:
        texts = folder / f"texts-{length}.txt"
        write_cut_texts(texts, length)
        say(f"texts of {length} characters, in-process, one core, no JSON")
        facets, everything = paces[length]
        rows = [("tingsu, every facet with evidence", facets), ("tingsu, particulars as well", everything)]
        print_ratios(rows + measure_peers(texts, TEXTS_OF_A_LENGTH))
    say(f"one text of 100 characters, everything: p99 {paces['p99']:.0f} µs")
    say(f"conversations heard, one core: {paces['turns']:,.0f} turns per CPU second\n")


def measure_in_process():
    """Texts per CPU second by length, without particulars and with them, and the p99, as the engine's own benchmark says."""
    command = ["cargo", "bench", "--quiet", "--package", "tingsu-analysis", "--bench", "read"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    found = re.findall(r"^(\d+) characters, .*?evidence (\d+)/s; with particulars (\d+)/s", printed, re.MULTILINE)
    paces = {int(length): (float(facets), float(everything)) for length, facets, everything in found}
    found = {"p99": r"p99 (\d+)", "turns": r"conversations: (\d+) turns"}
    return paces | {name: float(re.search(pattern, printed)[1]) for name, pattern in found.items()}


def write_cut_texts(path, length):
    """Writes texts of exactly `length` characters, cut from the corpus like those of the engine's benchmark."""
    letters = []
    for name in ("authored/dev", "everyday/train"):
        with open(ROOT / "corpus" / f"{name}.jsonl", encoding="utf-8") as file:
            letters += [re.sub(r"\s", " ", json.loads(line)["text"]) for line in file]
    whole = "".join(letters)
    pool = [whole[at:at + length] for at in range(0, len(whole) - length + 1, length)]
    texts = [pool[index % len(pool)] for index in range(TEXTS_OF_A_LENGTH)]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")


def write_short_texts(path, count):
    """Writes `count` texts of 6 to 60 characters, one a line; returns their source and mean length."""
    data = os.environ.get("TINGSU_DATA")
    pool, source = [], "corpus/"
    if data and (Path(data) / "data" / "splits").is_dir():
        source = "TINGSU_DATA (waimai, shop)"
        for name in ("waimai.train", "shop.train"):
            with gzip.open(Path(data) / "data" / "splits" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
                pool += [json.loads(line)["text"] for line in file]
    else:
        for name in ("train", "dev"):
            with open(ROOT / "corpus" / "authored" / f"{name}.jsonl", encoding="utf-8") as file:
                pool += [json.loads(line)["text"] for line in file]
    pool = [re.sub(r"\s+", " ", text).strip() for text in pool]
    pool = [text for text in pool if 6 <= len(text) <= 60]
    texts = [pool[index % len(pool)] for index in range(count)]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return source, sum(map(len, texts)) / len(texts)


def measure_tingsu(binary, texts, count):
    """Texts per CPU second of `tingsu analyze`, summed over its threads; reading, analyzing and writing included. Then
    how many seconds of processor time it got in one second, which tells how far it uses more than one core."""
    best, most = 0.0, 0.0
    for _ in range(3):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [binary, "analyze", texts, "--input", "text", "--output", "jsonl"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best, most = max(best, count / spent), max(most, spent / (time.monotonic() - start))
    return best, most


def measure_peers(texts, count):
    """Runs each peer in its own interpreter; returns (name, texts per CPU second) of those that ran."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    rows = []
    for name, packages, script in (
        ("fastText, character n-grams, one facet", ["fasttext-wheel", "numpy<2"], "peer_fasttext.py"),
        ("jieba + scikit-learn, one facet", ["jieba", "scikit-learn"], "peer_jieba.py"),
    ):
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        if subprocess.run(install).returncode != 0:
            print(f"left out, cannot be installed here: {name}")
            continue
        command = [python, ROOT / "evals" / "peers" / script, ROOT / "corpus" / "authored" / "train.jsonl", texts]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows.append((name, count / float(printed.split()[-1])))
    return rows


def print_ratios(rows):
    base = rows[0][1]
    for name, speed in rows:
        ratio = "" if speed == base else f"   {base / speed:6.2f} × slower"
        say(f"{name:40} {speed:9,.0f} a second of one core{ratio}")
    say("")


def measure_server(binary, folder):
    """Binary size, start time, idle memory and live talks; intakes are measured by `cargo xtask load`."""
    database = f"sqlite://{folder / 'bench.db'}"
    subprocess.run(
        [binary, "admin", "create-user", "--database", database, "--login", "bench", "--role", "admin",
         "--name", "bench", "--password", "bench-password-1"],
        check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.monotonic()
    server = subprocess.Popen([binary, "serve", "--addr", f"127.0.0.1:{port}", "--database", database, "--rate-per-minute", "0"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port)
        say(f"binary size        {binary.stat().st_size / 2**20:8.1f} MiB")
        say(f"start to ready     {(time.monotonic() - started) * 1000:8.0f} ms")
        time.sleep(2)
        status = Path(f"/proc/{server.pid}/status").read_text()
        resident_kib = int(re.search(r"VmRSS:\s+(\d+)", status)[1])
        say(f"idle memory (RSS)  {resident_kib / 1024:8.1f} MiB")
        measure_live_talks(port, log_in(port), ROOT / "corpus" / "dialogues" / "more-c.jsonl")
    finally:
        server.terminate()
        server.wait()


def wait_until_ready(port):
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.01)
    sys.exit("the server did not become ready")


def log_in(port):
    """The headers of a signed-in caller."""
    headers = {"Content-Type": "application/json"}
    login = HTTPConnection("127.0.0.1", port)
    login.request("POST", "/api/v1/login", json.dumps({"login": "bench", "password": "bench-password-1"}), headers)
    answer = login.getresponse()
    body = json.load(answer)
    headers["Cookie"] = answer.getheader("Set-Cookie").split(";")[0]
    headers["X-CSRF-Token"] = body["csrf"]
    return headers


if __name__ == "__main__":
    main()
