"""Cardholders who never lived, with interests we planted: data whose right answer is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Rng = np.random.Generator
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Columns = dict[str, Any]  # arrays of NumPy or Arrow, equally long
Progress = Callable[[int, int], None]  # hears transactions written, transactions in all

LAST_DAY, YEAR = np.datetime64("2026-11-20"), 365  # nothing happens on the last day or later
CHUNK_ROWS, PART_CHUNKS = 1_000_000, 10  # transactions in memory at once; chunks in a part file
PARQUET = {"compression": "zstd", "store_schema": False}  # so that readers see text, not codes
FEWEST = 3  # purchases a member, where the total allows
ACTIVITY_SPREAD, AMOUNT_SPREAD = 0.8, 0.55  # sigmas: purchases a member, amounts in a category
# Purchases returned; members who closed the card, fell silent, told no name, have a manager.
REFUNDS, LEAVERS, LAPSED, NAMELESS, MANAGED = 0.02, 0.03, 0.12, 0.04, 0.05

EVERYDAY = {"5411": 48, "5812": 36, "5541": 41, "5311": 57, "4900": 88}  # most bought first
SENSITIVE = {"5912": 19, "5921": 33, "8011": 95, "7995": 40, "8661": 25}  # no feature may see them
GROUPS = {  # group -> (members in a hundred, {own category: typical amount})
    "travel": (12, {"4511": 310, "7011": 190, "7512": 140, "3501": 165}),
    "pets": (8, {"5995": 38, "7033": 52, "0742": 85}),
    "home-garden": (10, {"5200": 64, "5261": 35, "5712": 240}),
    "culture": (7, {"5942": 22, "7922": 75, "5735": 18, "5994": 9}),
    "beauty": (8, {"5977": 34, "7230": 46, "5631": 44}),
    "sport": (8, {"5941": 62, "7997": 49, "5940": 95, "5655": 55}),
    "food": (9, {"5462": 11, "5451": 24, "5441": 13, "5422": 33}),
    "technology": (8, {"5732": 180, "5734": 45, "5045": 230}),
    "fashion": (10, {"5651": 72, "5661": 84, "5691": 66, "5944": 150}),
    "motoring": (8, {"7542": 15, "5533": 58, "5532": 160, "7538": 210}),
    "crafts": (6, {"5949": 27, "5970": 21, "5943": 14, "5945": 30}),
    "arts": (6, {"7991": 24, "5971": 190, "5932": 110}),
}
OWN = [own for _, own in GROUPS.values()]
AMOUNTS = EVERYDAY | SENSITIVE | {code: amount for own in OWN for code, amount in own.items()}
CODES, LOG_AMOUNTS = list(AMOUNTS), np.log(list(AMOUNTS.values()))
PRODUCTS = {"classic": 70, "plus": 22, "reserve": 8}  # how many in a hundred, here and below
CLOSURES = {"fees": 30, "moved": 25, "competitor": 20, "service": 15, "lost": 10}
METHODS = {"web_form": 70, "branch": 18, "phone": 12}
ORIGINS = {"application": 60, "preference_centre": 40}
PLACES = {  # (country, locale, time zone, five first names)
    ("US", "en-US", "America/New_York", "Ada Zoë Milo José Desmond"): 42,
    ("GB", "en-GB", "Europe/London", "Siân Alfie Maeve Rowan Chloë"): 20,
    ("CA", "en-CA", "America/Toronto", "Greta Noël Tamsin Piers Della"): 8,
    ("CA", "fr-CA", "America/Toronto", "Aurélie Félix Maëlle Benoît Odile"): 4,
    ("DE", "de-DE", "Europe/Berlin", "Jürgen Anja Björn Käthe Emil"): 10,
    ("FR", "fr-FR", "Europe/Paris", "Renée Thibault Éloïse François Lison"): 9,
    ("JP", "ja-JP", "Asia/Tokyo", "美咲 健太 さくら 陽子 大輔"): 7,
}
COUNTRIES, LOCALES, ZONES, NAMES = zip(*PLACES, strict=True)
CONSENTS = [  # purpose, share never granted, share of grants withdrawn, the sentence shown
    ("newsletter", 1 / 6, 0.05, "Yes, send me The Larkfield Letter by email."),
    ("profiling", 0.10, 0.03, "Yes, use what I buy to choose what my newsletter shows."),
    ("tracking", 0.08, 0.02, "Yes, record which newsletters I open and which links I follow."),
    ("survey", 0.30, 0.01, "Yes, ask me now and then how I find the card."),
]
PURPOSES, SILENT, WITHDRAWN, WORDINGS = zip(*CONSENTS, strict=True)
MANAGERS = [f"R{number:03d}" for number in range(1, 41)]
MERCHANTS = ["Astrivel", "Brundomar", "Corvanith", "Dellumoor", "Fendrisk"]  # coined, tell nothing


class _People(NamedTuple):
    ids: pa.StringArray
    group: Ints
    place: Ints
    joined: Days
    opened: Days
    ended: Days  # no purchase on this day or later
    leaver: Flags


def synthesize(
    folder: Path,
    *,
    members: int = 2_000,
    transactions: int = 100_000,
    seed: int = 7,
    progress: Progress | None = None,
) -> Path:
    """Fill `folder` with Parquet tables of invented members, and return it.

    Writes `transactions/part-NNNN.parquet`, `members.parquet`, `consents.parquet` and, for tests
    only, the planted groups in `truth.parquet`; US dollars, UTC without a zone. The same numbers
    give the same bytes under the same library versions and `CHUNK_ROWS`.

    Raises:
        ValueError: the numbers make no sense, or the folder holds something already.
    """
    folder = folder.resolve()
    _refuse(folder, members, transactions)
    rng = np.random.default_rng(seed)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Built beside its place and moved in whole: a broken run leaves no half a data set.
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        built = Path(beside, folder.name)
        _write(built, _chunks(rng, _counts(rng, members, transactions), progress))
        if folder.exists():
            folder.rmdir()
        built.rename(folder)
    return folder


def _refuse(folder: Path, members: int, transactions: int) -> None:
    if members < 1:
        raise ValueError(f"members is {members}: ask for at least 1")
    if transactions < members:
        raise ValueError(f"transactions is {transactions}: ask for {members} or more, one a member")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder} is not an empty folder: empty it, or name a new one")


def _counts(rng: Rng, members: int, transactions: int) -> Ints:
    fewest = min(FEWEST, transactions // members)
    activity = rng.lognormal(0, ACTIVITY_SPREAD, members)
    return fewest + rng.multinomial(transactions - fewest * members, activity / activity.sum())


def _chunks(rng: Rng, counts: Ints, progress: Progress | None) -> Iterator[dict[str, Columns]]:
    done = counts.cumsum()
    edges = np.flatnonzero(np.diff((done - 1) // CHUNK_ROWS)) + 1
    for number, (first, last) in enumerate(pairwise([0, *edges.tolist(), counts.size])):
        people = _people(rng, first, last - first)
        purchases = _transactions(rng, people, counts[first:last], done[first] - counts[first])
        yield {
            f"transactions/part-{number // PART_CHUNKS:04d}.parquet": purchases,
            "members.parquet": _members(rng, people),
            "consents.parquet": _consents(rng, people),
            "truth.parquet": {"member_id": people.ids, "group": _text(GROUPS, people.group)},
        }
        if progress:
            progress(int(done[last - 1]), int(done[-1]))


def _write(folder: Path, chunks: Iterator[dict[str, Columns]]) -> None:
    (folder / "transactions").mkdir(parents=True)
    files: dict[str, pq.ParquetWriter] = {}
    with ExitStack() as stack:
        for name, columns in chain.from_iterable(tables.items() for tables in chunks):
            table = pa.table(columns)
            if name not in files:
                file = pq.ParquetWriter(folder / name, table.schema, **PARQUET)
                files[name] = stack.enter_context(file)
            files[name].write_table(table)


def _people(rng: Rng, first: int, count: int) -> _People:
    joined = LAST_DAY - rng.integers(60, 3_000, count)
    opened = np.maximum(joined, LAST_DAY - YEAR)
    leaver = rng.random(count) < LEAVERS
    stay = np.where(leaver | (rng.random(count) < LAPSED), rng.uniform(0.2, 0.9, count), 1)
    ended = opened + (LAST_DAY - opened) * stay
    group = _draw(rng, {name: share for name, (share, _) in GROUPS.items()}, count)
    place = _draw(rng, PLACES, count)
    return _People(_ids("M", first, count), group, place, joined, opened, ended, leaver)


def _transactions(rng: Rng, people: _People, counts: Ints, before: int) -> Columns:
    who = np.repeat(np.arange(counts.size), counts)
    wheels = np.stack([_wheel(own) for own in OWN])
    code = wheels[people.group[who], rng.integers(0, wheels.shape[1], who.size)]
    amount = np.exp(LOG_AMOUNTS[code] + rng.normal(0, AMOUNT_SPREAD, who.size)).round(2)
    return {
        "transaction_id": _ids("T", before, who.size),
        "member_id": pa.DictionaryArray.from_arrays(who, people.ids),
        "occurred_at": _between(rng, people.opened[who], people.ended[who]),
        "amount": np.where(rng.random(who.size) < REFUNDS, -amount, amount),
        "category": _text(CODES, code),
        "currency": _text(["USD"], np.zeros_like(who)),
        "merchant": _text(MERCHANTS, rng.integers(0, len(MERCHANTS), who.size)),
    }


def _wheel(own: Mapping[str, int]) -> Ints:
    # A thousand purchases in the right mix: one lookup at random draws a category.
    parts = []
    for mix, share in ((EVERYDAY, 530), (own, 440), (SENSITIVE, 30)):
        falling = np.repeat([CODES.index(code) for code in mix], range(len(mix), 0, -1))
        parts.append(np.resize(falling, share))
    return np.concatenate(parts)


def _members(rng: Rng, people: _People) -> Columns:
    count = people.group.size
    name = people.place * 5 + rng.integers(0, 5, count)
    return {
        "member_id": people.ids,
        "email": pc.binary_join_element_wise(pc.ascii_lower(people.ids), "example.com", "@"),
        "first_name": _text(" ".join(NAMES).split(), name, rng.random(count) < NAMELESS),
        "locale": _text(LOCALES, people.place),
        "country": _text(COUNTRIES, people.place),
        "time_zone": _text(ZONES, people.place),
        "product": _text(PRODUCTS, _draw(rng, PRODUCTS, count)),
        "joined_on": people.joined,
        "closed_on": pa.array(people.ended, mask=~people.leaver),
        "closure_reason": _text(CLOSURES, _draw(rng, CLOSURES, count), ~people.leaver),
        "manager_id": _text(MANAGERS, rng.integers(0, 40, count), rng.random(count) >= MANAGED),
        "born_on": people.joined - rng.integers(18 * 366, 75 * 365, count),
    }


def _consents(rng: Rng, people: _People) -> Columns:
    given, purpose = np.nonzero(rng.random((people.group.size, len(PURPOSES))) >= SILENT)
    taken = np.flatnonzero(rng.random(given.size) < np.array(WITHDRAWN)[purpose])
    day = people.joined[given]
    who = np.concatenate([given, given[taken]])
    purpose = np.concatenate([purpose, purpose[taken]])
    moments = _between(rng, day, day + 1), _between(rng, day[taken] + 1, LAST_DAY)
    return {
        "member_id": pa.DictionaryArray.from_arrays(who, people.ids),
        "purpose": _text(PURPOSES, purpose),
        "state": _text(["granted", "withdrawn"], np.repeat([0, 1], [given.size, taken.size])),
        "occurred_at": np.concatenate(moments),
        "method": _text(METHODS, _draw(rng, METHODS, who.size)),
        "wording": _text(WORDINGS, purpose),
        "source": _text(ORIGINS, _draw(rng, ORIGINS, who.size)),
        "jurisdiction": _text(COUNTRIES, people.place[who]),
    }


def _ids(letter: str, first: int, count: int) -> pa.StringArray:
    numbers = np.arange(first, first + count) + 10**12  # 12 digits show: 13 may be a card number
    return pc.binary_replace_slice(pa.array(numbers).cast(pa.string()), 0, 1, letter)


def _text(words: Iterable[str], picks: Ints, missing: Flags | None = None) -> pa.DictionaryArray:
    # A dictionary that holds a word twice makes Arrow write stray memory into the Parquet file.
    once, place = np.unique([*words], return_inverse=True)
    return pa.DictionaryArray.from_arrays(pa.array(place[picks], mask=missing), pa.array(once))


def _draw(rng: Rng, shares: Mapping[Any, int], count: int) -> Ints:
    return rng.choice(len(shares), count, p=np.divide([*shares.values()], 100))


def _between(rng: Rng, start: Days, end: Days | np.datetime64) -> Days:
    seconds = (end - start).astype("timedelta64[s]").astype(np.int64)
    return (start.astype("datetime64[s]") + rng.integers(0, seconds)).astype("datetime64[us]")
