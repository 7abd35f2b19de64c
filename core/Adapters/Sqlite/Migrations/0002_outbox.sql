-- Messages to chats. Times are wall time, UTC Unix milliseconds.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,           -- order within a chat
    id TEXT NOT NULL UNIQUE,
    chat_id INTEGER NOT NULL,
    rank INTEGER NOT NULL,             -- 0 low, 1 normal, 2 high
    act TEXT NOT NULL,                 -- New, Edit, Reply
    card TEXT,                         -- the card that it becomes, edits or points to
    message TEXT NOT NULL,             -- JSON
    picture BLOB,                      -- only of answers; dropped when done
    state TEXT NOT NULL,               -- waiting, sending, sent, given_up, superseded, left_out
    tries INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0, -- tries after which nobody knew whether it had arrived
    left_out INTEGER NOT NULL DEFAULT 0,
    why TEXT,
    message_id INTEGER,
    created_ms INTEGER NOT NULL,
    done_ms INTEGER                    -- NULL while waiting or sending
);

CREATE INDEX outbox_waiting ON outbox (chat_id, seq) WHERE done_ms IS NULL;
CREATE INDEX outbox_done ON outbox (done_ms) WHERE done_ms IS NOT NULL;

-- Where a signal's card stands in a chat, so that later steps edit it and point to it.
CREATE TABLE chat_cards (
    chat_id INTEGER NOT NULL,
    card TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    has_picture INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (chat_id, card)
) WITHOUT ROWID;
