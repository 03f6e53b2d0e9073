"""Big believable catalogs, written straight through the store: a producer's packs, recordings and downloads.

The same ``count`` and ``seed`` always give the same names. ``python -m tests.catalog.synthetic HOME COUNT`` makes one
by hand.
"""

import os
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ctk.catalog import stated_rows
from ctk.catalog.store import Connection, Store, revision_of
from ctk.catalog.text import fold, natural_key
from ctk.facts.stated import NO_CLAIMS

ROOTS = (b"/media/studio/Samples", b"/media/archive/Old Drives", b"/home/producer/Cloud/Freelance")
BATCH = 50_000

_VENDORS = (
    "Vengeance Cymatics Loopmasters Splice Ghosthack Samplephonics Zenhiser Prime-Loops Capsun Black-Octopus "
    "Touch-Loops Sonniss Freshly-Squeezed KSHMR Virtual-Riot Ueberschall Função Märchenklang Drumdrops Goldbaby"
).split()
_STYLES = (
    "House Techno Trap Lo-Fi Ambient Drum&Bass Dubstep Hip-Hop Disco Synthwave Reggaeton Afrobeat Future-Bass Garage "
    "Cinematic Jazz Soul Boom-Bap Hardstyle Minimal Psytrance Phonk Downtempo Breakbeat Acid"
).split()
_MOODS = (
    "Dark Warm Analog Dusty Bright Deep Fat Punchy Vintage Dirty Clean Wide Tight Crunchy Soft Heavy Glassy Metallic "
    "Organic Lush Cold Rusty Velvet Broken Distant Tape Saturated Hollow Electric Midnight Golden Été Café"
).split()
_ONE_SHOTS = {
    "Kicks": ("Kick", "BD", "808 Kick", "Bassdrum"),
    "Snares": ("Snare", "SD", "Rimshot", "Snare Layer"),
    "Claps": ("Clap", "Snap", "Clp"),
    "Hi-Hats": ("HiHat", "Hat Closed", "OpenHat", "HH", "Hi-Hat"),
    "Percussion": ("Perc", "Shaker", "Conga", "Tambourine", "Cowbell", "Bongo", "Click"),
    "Cymbals": ("Crash", "Ride", "Splash", "China"),
    "Bass": ("Bass Shot", "Sub", "Reese", "808"),
    "Synth": ("Stab", "Pluck", "Lead", "Chord", "Pad", "Arp"),
    "Vocals": ("Vox", "Adlib", "Chant", "Shout", "Vocal Chop"),
    "FX": ("Riser", "Downlifter", "Impact", "Sweep", "Noise", "Whoosh", "Vinyl Crackle", "Foley"),
}
_LOOPS = {
    "Drum Loops": ("Drum Loop", "Beat", "Top Loop", "Break", "Fill"),
    "Melody Loops": ("Melody", "Piano Loop", "Guitar Loop", "Rhodes", "Strings"),
    "Bass Loops": ("Bassline", "Bass Loop", "808Loop"),
    "Vocal Loops": ("Vocal Loop", "Hook", "Acapella"),
}
_KEYS = [f"{note}{scale}" for note in "A A# Bb B C C# D Eb E F F# G Ab".split() for scale in ("", "m", "min", "maj")]
_ARTISTS = "Nova Kite Ember Solène Juno Pax Ødegaard Mira Tobi Iris Kenji Łukasz Zoë Marlow Priya 宇多 Анна".split()
_FORMATS = (
    (".wav", "WAV", "PCM", 44100, 24),
    (".wav", "WAV", "PCM", 44100, 16),
    (".WAV", "WAV", "PCM", 48000, 24),
    (".wav", "WAV", "float", 96000, 32),
    (".aif", "AIFF", "PCM", 44100, 16),
    (".flac", "FLAC", "FLAC", 44100, 24),
    (".mp3", "MP3", "MP3", 44100, None),
    (".ogg", "OGG", "Vorbis", 44100, None),
    (".m4a", "M4A", "AAC", 48000, None),
)
_TAGS = (*_MOODS[:20], "Lo Fi", "for later", "intro", "vocals", "my own", "clear first", "drop", "chords", "808", "été")
_COLLECTIONS = ("New EP", "Live set", "Film, first act", "Sound design", "For Nova")
_WEIGHTS = (40, 25, 8, 4, 6, 4, 8, 3, 2)

Place = tuple[int, bytes, str, float]  # source, folder, name without extension, seconds


def fill(store: Store, count: int, *, seed: int = 1) -> None:
    """Add ``count`` sounds under the sources of ``ROOTS`` (added when new)."""
    chance = random.Random(seed)
    places = islice(_places(chance), count)
    indexes = store.write(_drop_indexes if count > BATCH else _no_indexes).result()
    while batch := list(islice(places, BATCH)):
        store.write(lambda connection, batch=batch: _insert(connection, batch, chance)).result()  # type: ignore[misc]
    store.write(lambda connection: [connection.execute(sql) for sql in indexes]).result()


def mark(store: Store, *, seed: int = 1) -> None:
    """What a user said of some of the sounds (30 tags over a tenth of them, stars, favourites, collections, notes), and
    an ear of the loops whose tempo nobody states."""
    store.write(lambda connection: _mark(connection, random.Random(seed))).result()


def _mark(connection: Connection, chance: random.Random) -> None:
    ids = [id for (id,) in connection.execute("SELECT id FROM sounds")]
    revision = revision_of(connection)

    def some(part: float) -> list[int]:
        return chance.sample(ids, int(len(ids) * part))

    for table, names in (("tags", _TAGS), ("collections", _COLLECTIONS)):
        sql = f"INSERT INTO {table} (id, name, folded) VALUES (?, ?, ?)"
        connection.executemany(sql, [(number, name, fold(name)) for number, name in enumerate(names, 1)])
    numbers, weights = range(1, len(_TAGS) + 1), [1 / number for number in range(1, len(_TAGS) + 1)]
    tags = [(id, tag) for id in some(0.1) for tag in set(chance.choices(numbers, weights, k=chance.randint(1, 3)))]
    connection.executemany("INSERT INTO sound_tags VALUES (?, ?)", tags)
    inside = [(chance.randint(1, len(_COLLECTIONS)), id, at) for at, id in enumerate(some(0.01))]
    connection.executemany("INSERT INTO collection_sounds VALUES (?, ?, ?)", inside)
    for column, part, value in (
        ("rating", 0.15, lambda: chance.randint(1, 5)),
        ("favourite", 0.03, lambda: 1),
        ("remark", 0.01, lambda: f"for {chance.choice(_MOODS)} {chance.choice(_STYLES)}, {chance.choice(_ARTISTS)}"),
    ):
        said = [(value(), id) for id in some(part)]
        connection.executemany(f"UPDATE sounds SET {column} = ? WHERE id = ?", said)
    untold = connection.execute("SELECT id FROM sounds WHERE bpm IS NULL AND duration_s > 4 AND duration_s < 30")
    heard = [(chance.randint(600, 1800) / 10, chance.random(), id) for (id,) in untold.fetchall()]
    connection.executemany("UPDATE sounds SET heard_bpm = ?, heard_sure = ? WHERE id = ?", heard)
    connection.execute("UPDATE sounds SET revision = ?", (revision,))


def _no_indexes(connection: Connection) -> list[str]:
    return []


def _drop_indexes(connection: Connection) -> list[str]:
    """Building an index at the end is several times faster than keeping it up to date."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'sounds' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _insert(connection: Connection, places: list[Place], chance: random.Random) -> None:
    revision = revision_of(connection)
    sources = [_id_of(connection, "sources (path, added_s)", (root, 1.6e9 + n)) for n, root in enumerate(ROOTS)]
    folders = {
        key: _id_of(connection, "folders (source_id, path)", (sources[key[0]], key[1]))
        for key in dict.fromkeys((place[0], place[1]) for place in places)
    }
    connection.executemany(
        "INSERT OR IGNORE INTO sounds (folder_id, name, name_key, size_bytes, mtime_ns, links, format, codec,"
        " duration_s, sample_rate_hz, channels, bit_depth, metadata, fingerprint, bpm, musical_key, kind,"
        " note, said, claims, state, reason, added_s, settled, revision)"
        " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
        (_row(folders[place[0], place[1]], place, chance, revision) for place in places),
    )


def _id_of(connection: Connection, table: str, values: tuple[object, object]) -> int:
    columns = table.partition("(")[2].rstrip(")").split(", ")
    connection.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", values)
    if columns[0] == "path":
        found = connection.execute("SELECT id FROM sources WHERE path = ?", values[:1])
    else:
        found = connection.execute("SELECT id FROM folders WHERE source_id = ? AND path = ?", values)
    return int(found.fetchone()[0])


def _row(folder_id: int, place: Place, chance: random.Random, revision: int) -> tuple[object, ...]:
    _, folder, stem, seconds = place
    ending, format_, codec, rate, depth = chance.choices(_FORMATS, _WEIGHTS)[0]
    name = stem + ending
    luck = chance.random()
    channels = 1 if luck < 0.3 else 2
    size = int(seconds * rate * channels * (depth or 4) / 8) + 44
    state = "ok" if luck > 0.012 else "bad" if luck < 0.003 else "missing"
    bad = state == "bad"
    metadata = f'{{"title":"{stem[:40]}"}}' if luck > 0.9 and '"' not in stem else None
    return (
        folder_id,
        os.fsencode(name),
        natural_key(name),
        size,
        1_500_000_000_000_000_000 + int(luck * 1e17),
        None if bad else format_,
        None if bad else codec,
        None if bad else round(seconds, 4),
        None if bad else rate,
        None if bad else channels,
        None if bad else depth,
        metadata,
        None if bad else chance.randbytes(8),
        *stated_rows.row_of(NO_CLAIMS, {}, os.fsdecode(folder), name, None if bad else seconds),
        state,
        "The file is empty." if bad else None,
        1.7e9 + luck * 6e7,
        revision,
    )


def _places(chance: random.Random) -> Iterator[Place]:
    """Folder by folder, without end; no name comes twice in a folder."""
    kinds = (_pack, _pack, _pack, _pack, _downloads, _recordings, _project)
    number = 0
    while True:
        number += 1
        source = chance.choices((0, 1, 2), (6, 3, 1))[0]
        for folder, stem, seconds in chance.choice(kinds)(chance, number):
            yield source, os.fsencode(folder), stem, seconds


def _pack(chance: random.Random, number: int) -> Iterator[tuple[str, str, float]]:
    vendor, style, mood = chance.choice(_VENDORS), chance.choice(_STYLES), chance.choice(_MOODS)
    pack = f"{vendor} - {mood} {style} Vol {number}"
    short = "".join(word[0] for word in pack.replace("-", " ").split()).upper()
    template = chance.randrange(4)
    for category in chance.sample(sorted(_ONE_SHOTS), chance.randint(3, 8)):
        for words in chance.sample(_ONE_SHOTS[category], chance.randint(1, 3)):
            folder = f"{vendor}/{pack}/One Shots/{category}" if template else f"{pack}/{category}/{words}"
            for n in range(1, chance.randint(8, 45)):
                feel = chance.choice(_MOODS)
                stem = (
                    f"{short}_{words.replace(' ', '_')}_{n:02d}",
                    f"{short} {words} {n:03d} {feel}",
                    f"{vendor} {words} {n} ({feel})",
                    f"{mood}{feel}{words.replace(' ', '')}{n}",
                )[template]
                yield folder, stem, chance.lognormvariate(-0.5, 0.8)
    for category in chance.sample(sorted(_LOOPS), chance.randint(1, 4)):
        for n in range(1, chance.randint(6, 30)):
            bpm, words, key = chance.randint(70, 175), chance.choice(_LOOPS[category]), chance.choice(_KEYS)
            stem = (
                f"{short}_{bpm}_{words.replace(' ', '')}_{n:02d}_{key}"
                if template % 2
                else f"{n} {words} {bpm}bpm {key}"
            )
            yield f"{vendor}/{pack}/Loops/{category}", stem, 4 * 4 * 60 / bpm


def _downloads(chance: random.Random, number: int) -> Iterator[tuple[str, str, float]]:
    for n in range(chance.randint(40, 160)):
        user, word = chance.choice(_ARTISTS).lower(), chance.choice(chance.choice(list(_ONE_SHOTS.values())))
        stem = f"{chance.randint(1000, 799_999)}__{user}{chance.randint(1, 999)}__{word.lower().replace(' ', '-')}-{n}"
        yield f"Downloads/Freesound {number}", stem, chance.lognormvariate(1, 1.2)


def _recordings(chance: random.Random, number: int) -> Iterator[tuple[str, str, float]]:
    year = chance.randint(2009, 2025)
    for n in range(chance.randint(20, 90)):
        day = f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        clock = f"{chance.randint(0, 235959):06d}"
        stem = chance.choice(
            (f"REC {day} {clock} {n}", f"Audio {n:04d} [{day} {clock}]-1", f"voice memo {day} {clock}-{n}")
        )
        yield f"Recordings/{year}/Session {number}", stem, chance.lognormvariate(3.5, 1)


def _project(chance: random.Random, number: int) -> Iterator[tuple[str, str, float]]:
    artist, title = chance.choice(_ARTISTS), f"{chance.choice(_MOODS)} {chance.choice(_STYLES)}"
    length = chance.uniform(120, 420)
    for words in chance.sample([name for names in _ONE_SHOTS.values() for name in names], chance.randint(8, 24)):
        yield (
            f"Projects/{artist} - {title} {number}/Stems",
            f"{artist}_{title}_{words}_bip v{chance.randint(1, 9)}",
            length,
        )
    for n in range(1, chance.randint(2, 8)):
        yield f"Projects/{artist} - {title} {number}/Mixdowns", f"{artist} - {title} (mix {n})", length


def main() -> None:
    home, count = Path(sys.argv[1]), int(sys.argv[2])
    store = Store(home / "catalog.db")
    try:
        fill(store, count)
    finally:
        store.close()


if __name__ == "__main__":
    main()
