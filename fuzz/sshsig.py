"""Look for a signature or key that we accept and stock ssh-keygen refuses.

    .venv/bin/python fuzz/sshsig.py --seconds 60 [--seed N] [--sample 0.2]

Prints the seed and counts. Stops with an AssertionError that shows the case when it finds one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from sshsig_mutants import judge, judge_keys, mutants, soft_keys

BATCH = 100


def main() -> None:
    """Run batches until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--sample", type=float, default=0.2, help="share of refusals to ask about")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    signers = soft_keys()
    counts: Counter[str] = Counter()
    until = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            counts += judge(mutants(signers, rng, BATCH), Path(folder), rng, options.sample)
            counts["changed keys"] += BATCH
            counts["changed keys both take"] += judge_keys(signers, Path(folder), rng, BATCH)
    for name, count in sorted(counts.items()):
        print(f"{count:8} {name}")
    print("nothing that we accept is refused by ssh-keygen")


if __name__ == "__main__":
    main()
