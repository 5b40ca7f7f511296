-- What of two people who are one belonged to the one who is gone: by it they can be two again. `place` is table and column.
CREATE TABLE merged(merge TEXT NOT NULL, kept TEXT NOT NULL, gone TEXT NOT NULL, place TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY(merge, place, key));
