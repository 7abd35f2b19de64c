-- Times are UTC Unix milliseconds; NULL in a number means that the source does not have it.
CREATE TABLE candles (
    symbol TEXT NOT NULL,
    frame INTEGER NOT NULL,            -- minutes
    open_ms INTEGER NOT NULL,
    open REAL NOT NULL,
    high REAL NOT NULL,
    low REAL NOT NULL,
    close REAL NOT NULL,
    volume REAL NOT NULL,
    quote_volume REAL,
    taker_buy_volume REAL,
    trades INTEGER,
    PRIMARY KEY (symbol, frame, open_ms)
) WITHOUT ROWID;

CREATE TABLE signals (
    id TEXT NOT NULL PRIMARY KEY,
    symbol TEXT NOT NULL,
    strategy TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,               -- JSON
    decided_ms INTEGER NOT NULL,
    closed_ms INTEGER                  -- NULL while open
) WITHOUT ROWID;

CREATE INDEX signals_open ON signals (decided_ms, id) WHERE closed_ms IS NULL;
CREATE INDEX signals_closed ON signals (closed_ms, id) WHERE closed_ms IS NOT NULL;

CREATE TABLE effects (
    seq INTEGER PRIMARY KEY,           -- order of commit
    id TEXT NOT NULL UNIQUE,
    signal_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,             -- JSON
    created_ms INTEGER NOT NULL,
    done_ms INTEGER                    -- NULL while waiting
);

CREATE INDEX effects_waiting ON effects (seq) WHERE done_ms IS NULL;
CREATE INDEX effects_done ON effects (done_ms) WHERE done_ms IS NOT NULL;

CREATE TABLE kernel_snapshots (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    state_epoch_ms INTEGER NOT NULL,
    bytes BLOB NOT NULL
);

CREATE TABLE decisions (
    id TEXT NOT NULL PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    strategy TEXT NOT NULL,
    outcome TEXT NOT NULL,
    decision TEXT NOT NULL             -- JSON
) WITHOUT ROWID;

CREATE INDEX decisions_by_time ON decisions (time_ms, id);
CREATE INDEX decisions_by_symbol ON decisions (symbol, time_ms, id);

CREATE TABLE kv (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
