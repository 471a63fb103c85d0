"""make bench-pages: from pictures to fields, on pages drawn in pens, prints and hands that nothing was tuned on.

Pens and prints are those that training never saw; real ink is put together from words of writers that training never
saw, so it says what those writers' words can say: no page of a real book is in it. Beside it plain PaddleOCR (PP-OCRv6
small) reads the same pixels and its lines go through the same search for labels.

All sets are read whole, but for 1,000 check boxes, of which preparation, frame and squares alone are looked at, and for
100 folds, of which preparation alone is. Two processes read; time is measured afterwards, with nothing beside it.
"""

import argparse
import json
import math
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import speed
from benchmarks.overlay import write_report
from benchmarks.sets import READ, SAMPLES, SEED, Done, Job, do, squares_a_page
from benchmarks.tally import Share, Tally, curve, hard_table, share, table
from digitize.review.fields import SURE
from drawing.hard import DAMAGES

PAGES = 80  # the whole run then takes some 25 minutes on two free cores
PROCESSES = 2
PICTURES = 2  # of each set in the report
COMPARED = 12  # pages that both readers are timed on, at most
AROUND = 0.4  # of the pages are read again and again for the cost of a long run
WHOLE = ("pens", "photographs", "real ink", "ledgers", "turned", "spreads", "PP-OCRv6, pens", "PP-OCRv6, real")
THRESHOLDS = (0.80, 0.85, 0.90, 0.92, 0.94, 0.95, 0.96, 0.97, 0.975, 0.98, 0.99)


def counts(pages: int) -> dict[str, int]:
    """How many pages of each set there are to do, when the main sets have `pages`."""
    return {
        "pens": pages,
        "photographs": pages,
        "real ink": pages,
        "turned": math.ceil(1.25 * pages),
        "ledgers": math.ceil(0.12 * pages),
        "spreads": math.ceil(0.12 * pages),
        "PP-OCRv6, pens": math.ceil(0.4 * pages),
        "PP-OCRv6, real": math.ceil(0.4 * pages),
        **{damage: math.ceil(pages / len(DAMAGES)) for damage in DAMAGES},
        "squares": math.ceil(13 * pages / squares_a_page()),
        "folds": math.ceil(1.25 * pages),
    }


def do_all(jobs: list[Job]) -> dict[str, list[Done]]:
    """What came of every set, in order."""
    done = defaultdict[str, list[Done]](list)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        for number, each in enumerate(pool.map(do, jobs), 1):
            done[each.job.set].append(each)
            if number % 25 == 0 or number == len(jobs):
                print(f"{number} of {len(jobs)} pages", file=sys.stderr, flush=True)
    return done


def tell(tallies: dict[str, Tally], squares: Share, folds: Share) -> str:
    """All tables."""
    parts = [
        table({name: tallies[name] for name in WHOLE}),
        "every page is read whole; ledgers and spreads are two pages in one picture",
        f"check boxes by preparation, frame and squares alone (ticked, crossed, filled, circled): {squares}",
        f"folds by preparation alone (every second spread bent into its binding): {folds}",
        "hard pages; touched: what was corrected, overran, or lies under a stamp or a thumb\n"
        + hard_table({name: tallies[name] for name in DAMAGES}),
        curve({"pens": tallies["pens"], "real ink": tallies["real ink"]}, THRESHOLDS),
    ]
    return "\n\n".join(parts)


def measure(pages: int) -> speed.Speed:
    """Time on clean pages, with nothing else of ours running."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:03}.jpg") for number in range(max(2, round(AROUND * pages)))]
        for number, path in enumerate(paths):
            READ["pens"](number).image.save(path, quality=88)
        return speed.compare(paths[:COMPARED], paths)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of each main set; the others go along")
    parser.add_argument("--report", type=Path, help="folder for an HTML page with overlay pictures")
    asked = parser.parse_args()
    wanted = counts(asked.pages) | ({"samples": len(SAMPLES)} if asked.report else {})
    jobs = [
        Job(name, number, bool(asked.report) and name in READ and (name == "samples" or number < PICTURES))
        for name, count in wanted.items()
        for number in range(count)
    ]
    done = do_all(jobs)
    tallies = {name: Tally([each.told for each in done[name] if each.told]) for name in wanted if name in READ}
    squares, folds = (share(right for each in done[name] for right in each.right) for name in ("squares", "folds"))
    told = tell(tallies, squares, folds)
    print(f"seed {SEED}\n{told}\n", flush=True)
    if asked.report:
        write_report(asked.report, {name: [each.picture for each in done[name] if each.picture] for name in done}, told)
    measured = measure(asked.pages)
    print(measured)
    print(json.dumps({name: round(value, 4) for name, value in figures(tallies, squares, folds, measured).items()}))


def figures(tallies: dict[str, Tally], squares: Share, folds: Share, measured: speed.Speed) -> dict[str, float]:
    """The line of JSON; check boxes are those of pages read whole and those looked at alone."""
    pens, photos, real = (tallies[name] for name in ("pens", "photographs", "real ink"))
    ticks = [pens.ticks(), photos.ticks(), squares]
    return {
        "form_right": pens.form_right().part,
        "orientation": tallies["turned"].form_right().part,
        "spreads": folds.part,
        "boxes_clean": pens.boxes().part,
        "boxes_photo": photos.boxes().part,
        "checkbox_right": sum(each.part * each.n for each in ticks) / sum(each.n for each in ticks),
        "closed_real": real.exact("closed").part,
        "dates_real": real.exact("dates").part,
        "names_real": real.exact("names").part,
        "places_cer_real": real.cer("places").part,
        "names_pens": pens.exact("names").part,
        "slip_through": max(tally.unflagged(SURE)[1].part for tally in (pens, real)),
        "unflagged_real": real.unflagged(SURE)[0].part,
        "s_per_page_one_core": measured.ours,
        "ratio_to_paddle": measured.ours / measured.paddle,
        "peak_mb": measured.peak_mb,
    }


if __name__ == "__main__":
    main()
