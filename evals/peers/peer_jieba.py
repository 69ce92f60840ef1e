"""jieba words with TF-IDF and a linear SVM: trains on psychology, prints the CPU seconds of predicting in one batch."""

import json
import logging
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import jieba  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.svm import LinearSVC  # noqa: E402

jieba.setLogLevel(logging.ERROR)
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
model = make_pipeline(TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2)), LinearSVC())
model.fit([row["text"] for row in rows], [row["psy"] for row in rows])
texts = [line.rstrip("\n") for line in open(sys.argv[2], encoding="utf-8")]
model.predict(texts[:1])
started = time.process_time()
model.predict(texts)
print(time.process_time() - started)
