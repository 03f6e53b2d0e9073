"""From a plan to its receipt: shown, agreed to, carried out."""

import argparse
import sys
from dataclasses import asdict

from ctk.cli import plan_words, words
from ctk.cli.output import print_json
from ctk.cli.progress import wait
from ctk.contract import Toolkit
from ctk.errors import UsageError
from ctk.jobs import Job
from ctk.records import Plan, Receipt


def carry_out(toolkit: Toolkit, plan: Plan, args: argparse.Namespace) -> int:
    """Show ``plan``, and do it when it is agreed to; with ``--dry-run`` show it and nothing else."""
    if args.dry_run or not plan.steps:
        if args.json:
            print_json(asdict(plan))
        else:
            print(plan_words.plan(plan))
        return 0
    if not args.yes:
        agree(plan_words.plan(plan), "Do this?")
    return finish(toolkit.batch.apply(plan), json=args.json)


def finish(job: Job[Receipt], *, json: bool) -> int:
    """Wait for the end and show the receipt; 1 when not everything was done."""
    receipt = wait(job)
    if json:
        print_json(asdict(receipt))
    else:
        print(plan_words.receipt(receipt))
    return 0 if receipt.done == receipt.steps else 1


def agree(shown: str, question: str) -> None:
    """Ask on a terminal, with what is to be done. Raises ``UsageError`` for no, and where nobody can be asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("Nothing was changed: this needs a yes, so add --yes, or --dry-run to only look.")
    print(shown, file=sys.stderr)
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    if words.is_yes(sys.stdin.readline()):
        return
    raise UsageError("Nothing was changed.")
