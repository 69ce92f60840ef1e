"""Reads our XES with pm4py and compares it with what `tingsu insight process` says of the same events.

python evals/peers/mining.py LOG.xes FOUND.json
"""

import collections
import json
import sys
import time

import pm4py


def main(log_path, found_path):
    started = time.perf_counter()
    frame = pm4py.convert_to_dataframe(pm4py.read_xes(log_path))
    took = time.perf_counter() - started
    frame = frame.sort_values(["case:concept:name", "time:timestamp"], kind="stable")
    ways = frame.groupby("case:concept:name", sort=False)["concept:name"].agg(tuple)
    theirs = collections.Counter(ways)
    own_variants = collections.Counter(
        {tuple(way): len(cases) if hasattr(cases, "__len__") else cases for way, cases in pm4py.get_variants(frame).items()}
    )
    with open(found_path, encoding="utf-8") as file:
        found = json.load(file)
    ours = collections.Counter({tuple(one["activities"]): one["cases"] for one in found["variants"]})
    counted = sum(len(way) * cases for way, cases in ours.items())
    print(f"pm4py {pm4py.__version__}: {len(ways)} traces, {len(frame)} events, {len(theirs)} variants in {took:.1f} s")
    wrong = [
        what
        for what, mine, other in [
            ("traces", found["cases"], len(ways)),
            ("events", counted, len(frame)),
            ("variants", ours, theirs),
            ("variants of pm4py's own counting", ours, own_variants),
        ]
        if mine != other
    ]
    if not ways.size:
        wrong.append("no trace at all")
    if wrong:
        sys.exit("differ: " + ", ".join(wrong))
    print("traces, events and variants are ours")


if __name__ == "__main__":
    main(*sys.argv[1:])
