-- Names of a source that are nobody's: a desk whose deals count for the company, or a name whose deals are left out for ever.
CREATE TABLE owner_rule(source TEXT NOT NULL, key TEXT NOT NULL, does TEXT NOT NULL CHECK(does IN('nobody','left_out')), PRIMARY KEY(source, key));
-- Single deals that somebody gave to a person, whatever their file says; without a person: left out for ever.
CREATE TABLE given_deal(source TEXT NOT NULL, ext_id TEXT NOT NULL, person TEXT REFERENCES person(id) ON DELETE CASCADE, PRIMARY KEY(source, ext_id));
CREATE INDEX given_deal_by_person ON given_deal(person);
CREATE INDEX pipeline_by_owner ON pipeline(source, owner_key);
CREATE INDEX activity_by_owner ON activity(source, owner_key);
-- What somebody said of a name or of deals, as JSON; NULL: the run is an import.
ALTER TABLE import_run ADD COLUMN about TEXT;
