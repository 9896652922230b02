"""The crates that tabayyun is built from, as Cargo resolves them. Needs Python 3.11 or newer and the crates' sources (cargo fetch)."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


class Crate(NamedTuple):
    name: str
    version: str


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def targets():
    """The systems that deny.toml names."""
    return tomllib.loads((ROOT / "deny.toml").read_text())["graph"]["targets"]


def tree(edges, *options):
    """The crates of a build and what each depends on: crate → set of crates. The first is the root.

    Of `cargo tree`, since `cargo metadata` mixes in the features that tests switch on. A crate that stands in the tree for a second
    time has its dependencies at the first place only."""
    graph, path = {}, []
    for line in cargo("tree", "--locked", "--edges", edges, "--prefix", "depth", "--format", "|{p}", *options).splitlines():
        found = re.match(r"(\d+)\|(\S+) v(\S+)", line)
        if not found:
            continue
        depth, crate = int(found[1]), Crate(found[2], found[3])
        del path[depth:]
        graph.setdefault(crate, set())
        if path:
            graph[path[-1]].add(crate)
        path.append(crate)
    return graph


def packages():
    """What the manifests tell: crate → package of `cargo metadata`, of more crates than are built."""
    told = json.loads(cargo("metadata", "--locked", "--format-version", "1", "--all-features"))
    return {Crate(package["name"], package["version"]): package for package in told["packages"]}


def checksums():
    """SHA-256 of the archives, from Cargo.lock: crate → hex digits; crates of this repository have none."""
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    return {Crate(p["name"], p["version"]): p["checksum"] for p in locked if p.get("source") == REGISTRY}


def licence(package):
    """The licence expression in SPDX's own syntax; older crates write `/` for `OR`."""
    return package["license"].replace("/", " OR ")
