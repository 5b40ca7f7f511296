-- Of several programs on one floor one builds a board for all: the version of the floor that was built, when, who is at it until then,
-- and everything that the board could show.
ALTER TABLE board ADD COLUMN built BIGINT NOT NULL DEFAULT -1;
ALTER TABLE board ADD COLUMN built_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE board ADD COLUMN builder_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE board ADD COLUMN whole TEXT;
