"""Values of mir_eval for test/evaluation/audio/transcription-measures.test.ts. Opt-in, in a throw-away environment:

python3 -m venv /tmp/mir && /tmp/mir/bin/pip install mir_eval==0.8.2 && /tmp/mir/bin/python bench/sound/mir-eval-values.py
"""

import mir_eval
import numpy as np


def mulberry32(seed):
    state = seed & 0xFFFFFFFF

    def imul(a, b):
        return (a * b) & 0xFFFFFFFF

    def draw():
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = imul(state ^ (state >> 15), state | 1)
        t = ((t + imul(t ^ (t >> 7), t | 61)) & 0xFFFFFFFF) ^ t
        return ((t ^ (t >> 14)) & 0xFFFFFFFF) / 4294967296

    return draw


def takes(seed):
    """A true take of 60 notes, and one that was heard: moved, detuned, some missing, some too many."""
    random = mulberry32(seed)
    truth, heard, at = [], [], 0.5
    for _ in range(60):
        length = 0.08 + 0.5 * random()
        hz = 440 * 2 ** ((36 + int(30 * random()) - 69) / 12)
        truth.append((at, at + length, hz))
        if random() > 0.15:
            onset = at + 0.14 * (random() - 0.5)
            offset = max(onset + 0.02, at + length + 0.3 * (random() - 0.5))
            heard.append((onset, offset, hz * 2 ** ((120 * (random() - 0.5)) / 1200)))
        if random() < 0.1:
            heard.append((at + 0.04, at + 0.2, hz))
        at += length + (0.2 * random() if random() < 0.3 else 0)
    return truth, heard


print("mir_eval", mir_eval.__version__)
for seed in (1, 2, 3):
    truth, heard = takes(seed)
    ri, rp = np.array([n[:2] for n in truth]), np.array([n[2] for n in truth])
    ei, ep = np.array([n[:2] for n in heard]), np.array([n[2] for n in heard])
    plain = mir_eval.transcription.precision_recall_f1_overlap(ri, rp, ei, ep, offset_ratio=None)
    full = mir_eval.transcription.precision_recall_f1_overlap(ri, rp, ei, ep)
    onsets = mir_eval.onset.f_measure(np.sort(ri[:, 0]), np.sort(ei[:, 0]))
    print(f"  {{ seed: {seed}, plain: {list(map(float, plain))}, full: {list(map(float, full))},")
    print(f"    onsets: {[float(onsets[1]), float(onsets[2]), float(onsets[0])]} }},")
