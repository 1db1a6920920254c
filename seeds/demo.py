"""A made-up world to look at: a year of one-card payments in Neijiang, as the files that offices drop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from seeds.reference import reference_file
from seeds.world import places, programmes, rounds, units
from seeds.world.batches import write_batches
from seeds.world.chance import Chance
from seeds.world.complaints import write_complaints
from seeds.world.days import days_around
from seeds.world.draws import make_draws
from seeds.world.feedback import write_feedback
from seeds.world.funds import write_balances, write_funds
from seeds.world.households import write_people
from seeds.world.lists import write_lists
from seeds.world.pending import open_claims
from seeds.world.people import make_people
from seeds.world.scene import Books, Scene
from seeds.world.untidy import write_untidy
from seeds.world.wallet import make_wallet, write_cards
from seeds.world.writing import Output, opened

SIZES = {"small": 20_000, "medium": 200_000, "large": 2_000_000}
SMALLEST = 5_000


def write_world(folder: Path, size: str | int, seed: int, today: date) -> list[Path]:
    """Write the year that ends on `today` into a folder, and return its files in the order of their names.

    `size` is a name in `SIZES` or about how many payments there shall be (5,000 at least). The same arguments
    give the same bytes. Raises ValueError for any other size.
    """
    payments = SIZES[size] if size in SIZES else int(size)
    if payments < SMALLEST:
        raise ValueError(f"{payments} payments are too few for a world: {SMALLEST} at least")
    folder.mkdir(parents=True, exist_ok=True)
    with opened(folder) as output:
        scene = _laid_out(Chance(seed, today, payments), output)
        _played(scene)
        untidy = write_untidy(scene, folder)
    return [*output.paths(), *untidy]


def _laid_out(chance: Chance, output: Output) -> Scene:
    """Places, units, programmes and people, before anything is paid."""
    lived_in = places.choose(chance)
    for code, name in lived_in.names.items():
        output.row("regions", code, name)
    offices = units.write_units(chance, lived_in, output)
    listed = programmes.read_programmes()
    for kind in ("programmes", "deadlines"):
        output.whole(kind, reference_file(kind).read_bytes())
    programmes.write_standards(listed, chance.today, output)
    people = make_people(chance, lived_in)
    write_people(people, output)
    return Scene(
        chance=chance,
        days=days_around(chance.today),
        places=lived_in,
        units=offices,
        programmes=listed,
        limits=programmes.read_limits(),
        people=people,
        draws=make_draws(chance, people, listed),
        wallet=make_wallet(chance, people),
        output=output,
    )


def _played(scene: Scene) -> None:
    """The year: batches and what came back, claims under way, and what follows from both."""
    books = Books()
    made, coming = rounds.plan(scene.chance, scene.programmes, scene.days)
    write_batches(scene, books, made)
    open_claims(scene, books, coming)
    write_feedback(scene, books)
    write_funds(scene, books)
    write_balances(scene, books)
    write_cards(scene.chance, scene.wallet, scene.output)
    write_lists(scene)
    write_complaints(scene)
