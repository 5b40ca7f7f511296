-- What an import did not read of its files, in the languages of the pages: hidden sheets, other columns of amounts.
ALTER TABLE import_run ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
