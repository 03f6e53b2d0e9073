"""The catalog's tables, and the ordered steps from each version to the next.

A sound is a file at a place: a folder of a source, and a name, both as the OS's own bytes. ``id`` is never
reused. ``revision`` grows with every write transaction, so that whoever keeps something derived (the search
index) can ask what is newer; ``lineage`` tells this catalog from copies of it that go their own way, whose revisions
are others. ``settled`` is 0 from the moment a row is found until a scan has run to its end,
so that an interrupted scan still recognises moved files. ``name_key`` sorts names naturally. ``listing`` of a folder
is a digest of names, sizes and times that stands for its rows as they are, with their sums: while a folder lists the
same, a scan need not look at its rows. Any change to them clears it.

``health`` of a sound holds a bit for each ailment (``health.BITS``) that listening to it found; it falls with the
content. A source's ``volume`` identifies the drive it is on, and ``volume_path`` is its place there, so that it is
found again under another letter or mount point. ``moved`` of a folder is the revision in which it last came to be
somewhere else as a whole, its rows untouched. ``inner_drives`` were once plugged in inside a source.

``folder_times`` says when a folder was changed last, as it was when the catalog held all that is in it: where it still
is the same, no file came, went or was renamed there. Folders without sounds have one too, and no row in ``folders``.

``bpm``, ``musical_key``, ``kind`` and ``note`` of a sound are what is stated of it, ``said`` is by whom, and ``claims``
is what its chunks said before anything was believed of it. ``claims`` is NULL until the file was asked for them: a row
of a catalog that is older than these columns is read once more by the next scan, for which every folder lost its
``listing``. Triggers note the sounds whose names have changed since they were judged (``unjudged``). ``heard_bpm``
is a tempo that nobody states, as an ear would have it, and ``heard_sure`` how sure of it one can be, from 0 to 1; both
fall with the content.

``rating``, ``favourite``, ``remark``, ``label`` (what a sound is), tags and collections are the user's word. It
outlives the row: when that goes, a trigger puts it down in ``waiting`` under the content and place of the sound,
until the same sound is found again; ``marks`` there is JSON, with its ``position`` beside each collection. ``folded``
names compare whatever the case; a tag that no sound has is not shown.

``category``, ``confidence``, ``engine`` and ``because`` are what the program takes a sound for, how sure it is, and by
whose word; what it heard falls with the content. The user's ``label`` stands before them, and is not copied there.

A group of duplicates stays for good, also without files, so that its id and what was said of it come back with its
content: ``key`` is that content, ``origin`` what its sounds were found by. Triggers note the groups that may be other
than they were (``duplicate_stale``), so that nothing is shown that was proven of a file before it changed.
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

_SECOND = """
CREATE INDEX sounds_held ON sounds (id) WHERE state = 'held';
CREATE TABLE protected (path BLOB PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE receipts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    created_s REAL NOT NULL,
    state TEXT NOT NULL,
    steps INTEGER,
    done INTEGER,
    frees INTEGER
);
CREATE TABLE steps (
    receipt_id INTEGER NOT NULL REFERENCES receipts (id),
    position INTEGER NOT NULL,
    sound_id INTEGER,
    action TEXT NOT NULL,
    path BLOB NOT NULL,
    target BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    twin BLOB,
    state TEXT NOT NULL,
    reason TEXT,
    frees INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (receipt_id, position)
) WITHOUT ROWID;
CREATE INDEX steps_in_trouble ON steps (receipt_id, position) WHERE reason IS NOT NULL;

CREATE TABLE keep_rules (position INTEGER PRIMARY KEY, rule BLOB NOT NULL);

CREATE TABLE duplicate_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    origin BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    files INTEGER NOT NULL DEFAULT 0,
    wasted_bytes INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, key)
);
CREATE INDEX duplicate_groups_by_waste ON duplicate_groups (dismissed, wasted_bytes DESC, id, kind) WHERE files > 1;
CREATE INDEX duplicate_groups_by_origin ON duplicate_groups (kind, origin);
CREATE TABLE duplicate_files (
    group_id INTEGER NOT NULL REFERENCES duplicate_groups (id) ON DELETE CASCADE,
    sound_id INTEGER NOT NULL,
    PRIMARY KEY (group_id, sound_id)
) WITHOUT ROWID;
CREATE INDEX duplicate_files_by_sound ON duplicate_files (sound_id);
CREATE TABLE duplicate_totals (kinds TEXT PRIMARY KEY, groups INTEGER NOT NULL, wasted_bytes INTEGER NOT NULL)
WITHOUT ROWID;
INSERT INTO duplicate_totals VALUES ('exact', 0, 0), ('all', 0, 0);
CREATE TABLE duplicate_finds (kind TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO duplicate_finds VALUES ('exact', 0), ('near', 0);
CREATE TABLE duplicate_unproven (
    fingerprint BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, size_bytes)
) WITHOUT ROWID;

CREATE TABLE duplicate_stale (group_id INTEGER PRIMARY KEY);
CREATE TRIGGER duplicate_changed
AFTER UPDATE OF folder_id, name, size_bytes, mtime_ns, device, inode, links, fingerprint, full_hash, state ON sounds
WHEN EXISTS (SELECT 1 FROM duplicate_files WHERE sound_id = new.id) BEGIN
    INSERT INTO duplicate_stale SELECT d.group_id FROM duplicate_files d JOIN duplicate_groups g ON g.id = d.group_id
    WHERE d.sound_id = new.id AND d.group_id NOT IN (SELECT group_id FROM duplicate_stale) AND (g.kind = 'exact'
    OR old.name <> new.name OR old.mtime_ns <> new.mtime_ns OR old.state <> new.state
    OR old.size_bytes <> new.size_bytes OR old.fingerprint IS NOT new.fingerprint);
END;
CREATE TRIGGER duplicate_gone AFTER DELETE ON sounds
WHEN EXISTS (SELECT 1 FROM duplicate_files WHERE sound_id = old.id) BEGIN
    INSERT INTO duplicate_stale SELECT group_id FROM duplicate_files
    WHERE sound_id = old.id AND group_id NOT IN (SELECT group_id FROM duplicate_stale);
END;
CREATE TRIGGER duplicate_drive AFTER UPDATE OF state ON sources WHEN old.state <> new.state BEGIN
    INSERT OR IGNORE INTO duplicate_stale SELECT g.id FROM duplicate_groups g
    CROSS JOIN duplicate_files d ON d.group_id = g.id CROSS JOIN sounds s ON s.id = d.sound_id
    CROSS JOIN folders f ON f.id = s.folder_id WHERE g.kind = 'exact' AND g.files > 1 AND f.source_id = new.id;
END;
CREATE TRIGGER duplicate_protected AFTER INSERT ON protected BEGIN
    INSERT OR IGNORE INTO duplicate_stale SELECT id FROM duplicate_groups WHERE kind = 'exact' AND files > 1;
END;
CREATE TRIGGER duplicate_unprotected AFTER DELETE ON protected BEGIN
    INSERT OR IGNORE INTO duplicate_stale SELECT id FROM duplicate_groups WHERE kind = 'exact' AND files > 1;
END;

CREATE TABLE duplicate_traits (
    sound_id INTEGER PRIMARY KEY,
    stem INTEGER,
    length_ms INTEGER NOT NULL,
    shape INTEGER NOT NULL,
    content INTEGER NOT NULL
);
CREATE TABLE duplicate_decoded (
    sound_id INTEGER PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    head BLOB,
    whole BLOB
);
"""

_THIRD = """
ALTER TABLE sounds ADD COLUMN health INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sounds_unwell ON sounds (id) WHERE health <> 0;
CREATE TRIGGER sound_rewritten AFTER UPDATE OF size_bytes, mtime_ns ON sounds
WHEN new.health <> 0 AND (old.size_bytes <> new.size_bytes OR old.mtime_ns <> new.mtime_ns) BEGIN
    UPDATE sounds SET health = 0 WHERE id = new.id;
END;

CREATE TABLE plays (
    sound_id INTEGER PRIMARY KEY REFERENCES sounds (id) ON DELETE CASCADE,
    played_s REAL NOT NULL
);
CREATE INDEX plays_by_time ON plays (played_s DESC);

ALTER TABLE sources ADD COLUMN volume TEXT;
ALTER TABLE sources ADD COLUMN volume_label TEXT;
ALTER TABLE sources ADD COLUMN volume_path BLOB;
ALTER TABLE sources ADD COLUMN seen_s REAL;
ALTER TABLE sources ADD COLUMN scanned_s REAL;
CREATE TRIGGER duplicate_drive_moved AFTER UPDATE OF path ON sources WHEN EXISTS (SELECT 1 FROM protected) BEGIN
    INSERT OR IGNORE INTO duplicate_stale SELECT id FROM duplicate_groups WHERE kind = 'exact' AND files > 1;
END;

CREATE TABLE inner_drives (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    path BLOB NOT NULL,
    volume TEXT NOT NULL,
    PRIMARY KEY (source_id, path, volume)
) WITHOUT ROWID;

ALTER TABLE folders ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX folders_moved ON folders (moved) WHERE moved > 0;
CREATE TRIGGER duplicate_folder_moved AFTER UPDATE OF source_id, path ON folders
WHEN EXISTS (SELECT 1 FROM protected) BEGIN
    INSERT OR IGNORE INTO duplicate_stale SELECT d.group_id FROM sounds s
    CROSS JOIN duplicate_files d ON d.sound_id = s.id WHERE s.folder_id = new.id;
END;

CREATE TABLE folder_times (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    path BLOB NOT NULL,
    mtime_ns INTEGER NOT NULL,
    PRIMARY KEY (source_id, path)
) WITHOUT ROWID;
"""

_WORDS_KEPT = """
CREATE TRIGGER sound_words_kept BEFORE DELETE ON sounds
WHEN old.rating <> 0 OR old.favourite <> 0 OR old.remark IS NOT NULL
OR EXISTS (SELECT 1 FROM sound_tags WHERE sound_id = old.id)
OR EXISTS (SELECT 1 FROM collection_sounds WHERE sound_id = old.id) BEGIN
    INSERT INTO waiting (path, size_bytes, fingerprint, full_hash, marks) VALUES (
        coalesce((
            SELECT CAST(top || CASE WHEN substr(top, -1) = slash THEN '' ELSE slash END
                || CASE WHEN folder = X'' THEN '' ELSE folder || slash END || old.name AS BLOB)
            FROM (
                SELECT o.path AS top, f.path AS folder,
                    CASE WHEN substr(o.path, 1, 1) = X'2F' THEN X'2F' ELSE X'5C' END AS slash
                FROM folders f JOIN sources o ON o.id = f.source_id WHERE f.id = old.folder_id
            )
        ), old.name),
        old.size_bytes, old.fingerprint, old.full_hash,
        json_object(
            'rating', old.rating, 'favourite', old.favourite, 'note', coalesce(old.remark, ''),
            'tags', json((
                SELECT json_group_array(t.name) FROM sound_tags x JOIN tags t ON t.id = x.tag_id
                WHERE x.sound_id = old.id
            )),
            'collections', json((
                SELECT json_group_array(json_array(c.name, x.position)) FROM collection_sounds x
                JOIN collections c ON c.id = x.collection_id WHERE x.sound_id = old.id
            ))
        )
    );
    DELETE FROM sound_tags WHERE sound_id = old.id;
    DELETE FROM collection_sounds WHERE sound_id = old.id;
END;
"""

_FOURTH = """
ALTER TABLE sounds ADD COLUMN bpm REAL;
ALTER TABLE sounds ADD COLUMN musical_key INTEGER;
ALTER TABLE sounds ADD COLUMN kind TEXT;
ALTER TABLE sounds ADD COLUMN note INTEGER;
ALTER TABLE sounds ADD COLUMN said TEXT;
ALTER TABLE sounds ADD COLUMN claims TEXT;
UPDATE folders SET listing = NULL;

CREATE TABLE unjudged (sound_id INTEGER PRIMARY KEY);
CREATE TRIGGER sound_renamed AFTER UPDATE OF folder_id, name ON sounds
WHEN old.folder_id <> new.folder_id OR old.name <> new.name BEGIN
    INSERT OR IGNORE INTO unjudged VALUES (new.id);
END;
CREATE TRIGGER folder_renamed AFTER UPDATE OF path ON folders WHEN old.path <> new.path BEGIN
    INSERT OR IGNORE INTO unjudged SELECT id FROM sounds WHERE folder_id = new.id;
END;

ALTER TABLE sounds ADD COLUMN heard_bpm REAL;
ALTER TABLE sounds ADD COLUMN heard_sure REAL;
CREATE TRIGGER sound_unheard AFTER UPDATE OF size_bytes, mtime_ns ON sounds
WHEN new.heard_bpm IS NOT NULL AND (old.size_bytes <> new.size_bytes OR old.mtime_ns <> new.mtime_ns) BEGIN
    UPDATE sounds SET heard_bpm = NULL, heard_sure = NULL WHERE id = new.id;
END;

ALTER TABLE sounds ADD COLUMN rating INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sounds ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sounds ADD COLUMN remark TEXT;
CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
);
CREATE TABLE sound_tags (
    sound_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (sound_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX sound_tags_by_tag ON sound_tags (tag_id, sound_id);
CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
);
CREATE TABLE collection_sounds (
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    sound_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (collection_id, sound_id)
) WITHOUT ROWID;
CREATE INDEX collection_sounds_by_sound ON collection_sounds (sound_id);
CREATE TABLE searches (
    folded TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE waiting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    fingerprint BLOB,
    full_hash BLOB,
    marks TEXT NOT NULL
);
CREATE INDEX waiting_by_content ON waiting (fingerprint, size_bytes);
CREATE INDEX waiting_by_path ON waiting (path);

CREATE INDEX sounds_marked ON sounds (id) WHERE rating <> 0 OR favourite <> 0 OR remark IS NOT NULL;
"""

_FIFTH = """
ALTER TABLE sounds ADD COLUMN label TEXT;
DROP INDEX sounds_marked;
CREATE INDEX sounds_marked ON sounds (id)
WHERE rating <> 0 OR favourite <> 0 OR remark IS NOT NULL OR label IS NOT NULL;
DROP TRIGGER sound_words_kept;
ALTER TABLE sounds ADD COLUMN category TEXT;
ALTER TABLE sounds ADD COLUMN confidence REAL;
ALTER TABLE sounds ADD COLUMN engine TEXT;
ALTER TABLE sounds ADD COLUMN because TEXT;
CREATE TRIGGER sound_misheard AFTER UPDATE OF size_bytes, mtime_ns ON sounds
WHEN new.engine <> 'name' AND (old.size_bytes <> new.size_bytes OR old.mtime_ns <> new.mtime_ns) BEGIN
    UPDATE sounds SET category = NULL, confidence = NULL, engine = NULL, because = NULL WHERE id = new.id;
END;
"""

_LABEL_KEPT = _WORDS_KEPT.replace("old.remark IS NOT NULL", "old.remark IS NOT NULL OR old.label IS NOT NULL").replace(
    "coalesce(old.remark, '')", "coalesce(old.remark, ''), 'label', old.label"
)

MIGRATIONS: Final[tuple[str, ...]] = (_FIRST, _SECOND, _THIRD, _FOURTH + _WORDS_KEPT, _FIFTH + _LABEL_KEPT)
"""Step ``n`` brings a catalog from version ``n`` to ``n + 1``; all that are due run in one transaction. None is edited
later."""
