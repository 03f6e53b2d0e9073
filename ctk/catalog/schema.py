"""The catalog's tables, and the ordered steps from each version to the next.

A sound is a file at a place: a folder of a source, and a name, both as the OS's own bytes. ``id`` is never
reused. ``revision`` grows with every write transaction, so that whoever keeps something derived (the search
index) can ask what is newer; ``lineage`` tells this catalog from copies of it that go their own way, whose revisions
are others. ``settled`` is 0 from the moment a row is found until a scan has run to its end,
so that an interrupted scan still recognises moved files. ``name_key`` sorts names naturally. ``listing`` of a folder
is a digest of names, sizes and times that stands for its rows as they are, with their sums: while a folder lists the
same, a scan need not look at its rows. Any change to them clears it.
"""

from typing import Final

APPLICATION_ID: Final = 0x43544B31  # "CTK1", tells our files from other SQLite databases

_FIRST = """
CREATE TABLE clock (revision INTEGER NOT NULL, lineage INTEGER NOT NULL);
INSERT INTO clock VALUES (0, random());

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'ok',
    added_s REAL NOT NULL
);

CREATE TABLE folders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    path BLOB NOT NULL,
    listing BLOB,
    files INTEGER,
    bytes INTEGER,
    duration_s REAL,
    UNIQUE (source_id, path)
);

CREATE TABLE sounds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    name BLOB NOT NULL,
    name_key BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    device INTEGER,
    inode INTEGER,
    links INTEGER,
    format TEXT,
    codec TEXT,
    duration_s REAL,
    sample_rate_hz INTEGER,
    channels INTEGER,
    bit_depth INTEGER,
    metadata TEXT,
    fingerprint BLOB,
    full_hash BLOB,
    state TEXT NOT NULL,
    reason TEXT,
    added_s REAL NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL,
    UNIQUE (folder_id, name)
);
CREATE INDEX sounds_by_name ON sounds (name_key, id);
CREATE INDEX sounds_by_revision ON sounds (revision);
CREATE INDEX sounds_by_fingerprint ON sounds (fingerprint, size_bytes);
CREATE INDEX sounds_unsettled ON sounds (id) WHERE settled = 0;

CREATE TRIGGER sound_added AFTER INSERT ON sounds BEGIN
    UPDATE folders SET listing = NULL WHERE id = new.folder_id AND listing IS NOT NULL;
END;
CREATE TRIGGER sound_changed AFTER UPDATE OF folder_id, name, size_bytes, mtime_ns, state, reason ON sounds BEGIN
    UPDATE folders SET listing = NULL WHERE id IN (old.folder_id, new.folder_id) AND listing IS NOT NULL;
END;

CREATE TABLE removed (
    sound_id INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL
);
CREATE INDEX removed_by_revision ON removed (revision);
CREATE TRIGGER sounds_removed AFTER DELETE ON sounds BEGIN
    INSERT OR REPLACE INTO removed VALUES (old.id, (SELECT revision FROM clock));
    UPDATE folders SET listing = NULL WHERE id = old.folder_id AND listing IS NOT NULL;
END;
"""

MIGRATIONS: Final[tuple[str, ...]] = (_FIRST,)
"""Step ``n`` brings a catalog from version ``n`` to ``n + 1``; each runs in one transaction, never edited later."""
