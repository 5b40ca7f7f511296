-- What a person or an account was called before, by its id: whoever is erased is erased under these names too.
CREATE TABLE former_name(who TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(who, name));
