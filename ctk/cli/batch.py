"""``ctk move``, ``rename``, ``remove``, ``undo`` and ``trash``: changing many files at once, and back."""

import argparse
import os
from dataclasses import asdict

from ctk.cli import plan_words
from ctk.cli.output import print_json
from ctk.cli.plans import agree, carry_out, finish
from ctk.cli.progress import wait
from ctk.cli.targets import chosen
from ctk.contract import Toolkit
from ctk.errors import UsageError


def move(toolkit: Toolkit, args: argparse.Namespace) -> int:
    return carry_out(
        toolkit, toolkit.batch.plan_move(chosen(toolkit, args.targets, args.query), os.path.abspath(args.folder)), args
    )


def rename(toolkit: Toolkit, args: argparse.Namespace) -> int:
    return carry_out(toolkit, toolkit.batch.plan_rename(chosen(toolkit, args.targets, args.query), args.template), args)


def remove(toolkit: Toolkit, args: argparse.Namespace) -> int:
    return carry_out(toolkit, toolkit.batch.plan_remove(chosen(toolkit, args.targets, args.query)), args)


def undo(toolkit: Toolkit, args: argparse.Namespace) -> int:
    if not args.list:
        return finish(toolkit.batch.undo(args.receipt), json=args.json)
    receipts = toolkit.batch.history()
    if args.json:
        print_json({"receipts": [asdict(receipt) for receipt in receipts]})
    else:
        print(plan_words.history(receipts))
    return 0


def trash(toolkit: Toolkit, args: argparse.Namespace) -> int:
    """Show what waits in holding folders, or send it on."""
    if args.permanently and not args.empty:
        raise UsageError("--permanently says how to empty: add --empty.")
    held = toolkit.batch.held()
    if args.empty and held:
        if not args.yes:
            agree(plan_words.emptying(held, permanently=args.permanently), "Do this? It cannot be undone here.")
        freed = wait(toolkit.batch.empty(permanently=args.permanently))
        if args.json:
            print_json({"files": len(held) - len(toolkit.batch.held()), "bytes_freed": freed})
        else:
            print(plan_words.emptied(freed, permanently=args.permanently))
    elif args.json:
        print_json({"files": 0, "bytes_freed": 0} if args.empty else {"held": [asdict(file) for file in held]})
    else:
        print(plan_words.held(held))
    return 0
