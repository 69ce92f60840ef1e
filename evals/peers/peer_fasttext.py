"""fastText with characters as words and character n-grams: trains on psychology, prints the CPU seconds of predicting."""

import json
import sys
import tempfile
import time

import fasttext


def spaced(text):
    return " ".join(text.replace("\n", " ").replace(" ", ""))


with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as train:
    for line in open(sys.argv[1], encoding="utf-8"):
        row = json.loads(line)
        print(f"__label__{row['psy']} {spaced(row['text'])}", file=train)
    train.flush()
    model = fasttext.train_supervised(train.name, dim=64, wordNgrams=3, epoch=10, thread=1, verbose=0)
texts = [line.rstrip("\n") for line in open(sys.argv[2], encoding="utf-8")]
model.predict(spaced(texts[0]))
started = time.process_time()
for text in texts:
    model.predict(spaced(text))
print(time.process_time() - started)
