-- Names that sound alike and are two people all the same: they are proposed as one person no more.
CREATE TABLE two_people(one TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE, other TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE, PRIMARY KEY(one, other));
