"""``ctk classify`` and ``similar``: what sounds are, and which are alike."""

import argparse
from dataclasses import asdict

from ctk.cli import words
from ctk.cli.output import print_json
from ctk.cli.progress import wait
from ctk.cli.targets import chosen, id_of
from ctk.contract import Toolkit
from ctk.records import CATEGORIES, Classified, Hearing, Similar


def classify(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Listen to what was not heard yet; with ``--status`` only tell how well the library is heard."""
    if args.status:
        hearing = toolkit.classify.status()
        if args.json:
            print_json(asdict(hearing))
        else:
            print(_status(hearing))
        return 0
    if args.fetch or args.weights:
        wait(toolkit.classify.fetch_weights(args.weights), unit="")
    engine = None if args.engine == "auto" else args.engine
    ids = chosen(toolkit, args.targets, args.query) if args.targets or args.query is not None else None
    report = wait(toolkit.classify.run(ids, engine=engine, device=args.device, limit=args.limit))
    if args.json:
        print_json(asdict(report))
    else:
        print(_report(report))
    return 0


def similar(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """List the sounds most like one."""
    found = toolkit.classify.similar(id_of(toolkit, args.target), limit=args.limit, query=args.query or "")
    if args.json:
        rows = [{"id": one.row.id, "path": one.row.path, "score": round(one.score, 4)} for one in found.rows]
        print_json({"engine": found.engine, "rows": rows})
    else:
        print(_similar(found))
    return 0


def _status(hearing: Hearing) -> str:
    device = "" if hearing.device == "auto" else f" on {hearing.device}"
    lines = [f"Listens with {hearing.engine}{device}."]
    lines += [
        f"  {engine.name:9} {'ready' if engine.ready else 'not ready'}: {engine.detail}" for engine in hearing.engines
    ]
    told = ", ".join(f"{who} {count:,}" for who, count in sorted(hearing.by.items(), key=lambda item: -item[1]))
    lines.append(f"Judged by: {told or 'nobody yet'}. Not heard yet: {hearing.unheard:,}.")
    if hearing.learned:
        lines.append(f"Learned from {words.count(hearing.learned, 'sound')} of this library.")
    return "\n".join([*lines, hearing.weights])


def _report(report: Classified) -> str:
    how = "told by their names" if report.engine == "names" else f"heard with {report.engine}"
    told = f"{words.count(report.sounds, 'sound')} {how}"
    if report.sounds:
        told += f" on {report.device} in {report.elapsed_s:.1f} s ({report.files_per_s:,.0f} a second)"
    lines = [f"{told}."]
    lines += [f"  {category:8} {report.by[category]:>8,}" for category in CATEGORIES if category in report.by]
    lines += [words.line(problem) for problem in report.problems]
    return "\n".join(lines)


def _similar(found: Similar) -> str:
    lines = [f"{one.score:5.2f}  {one.row.id:>7}  {words.line(one.row.path)}" for one in found.rows]
    return (
        "\n".join([*lines, f"As the {found.engine} engine hears it."])
        if lines
        else "Nothing was heard that is like it yet."
    )
