CREATE TABLE floor(id TEXT PRIMARY KEY, name TEXT NOT NULL, tz TEXT NOT NULL, locale TEXT NOT NULL, currency TEXT NOT NULL,
  week_start BIGINT NOT NULL DEFAULT 1 CHECK(week_start BETWEEN 1 AND 7), fiscal_month BIGINT NOT NULL DEFAULT 1 CHECK(fiscal_month BETWEEN 1 AND 12),
  workdays TEXT NOT NULL DEFAULT '1111100', settings TEXT NOT NULL DEFAULT '{}', version BIGINT NOT NULL DEFAULT 0);
CREATE TABLE team(id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, lead TEXT, color TEXT, parent TEXT REFERENCES team(id), archived BIGINT);
CREATE TABLE person(id TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT, reading TEXT, email TEXT, photo TEXT, started TEXT, ended TEXT,
  shown TEXT NOT NULL DEFAULT 'name' CHECK(shown IN('name','alias','hidden')), alias TEXT, birthday TEXT);
-- '' as the first day: always.
CREATE TABLE membership(person TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE, team TEXT NOT NULL REFERENCES team(id), since TEXT NOT NULL,
  until TEXT, PRIMARY KEY(person, team, since));
CREATE TABLE manager(person TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE, team TEXT NOT NULL REFERENCES team(id), PRIMARY KEY(person, team));
CREATE TABLE alias_key(source TEXT NOT NULL, key TEXT NOT NULL, person TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE, PRIMARY KEY(source, key));
CREATE TABLE metric(id TEXT PRIMARY KEY, label TEXT NOT NULL, unit TEXT NOT NULL, currency TEXT, decimals BIGINT NOT NULL DEFAULT 0,
  kind TEXT NOT NULL CHECK(kind IN('leading','lagging')), better TEXT NOT NULL DEFAULT 'up' CHECK(better IN('up','down')),
  agg TEXT NOT NULL CHECK(agg IN('sum','count','avg','max','last','ratio')), num TEXT REFERENCES metric(id), den TEXT REFERENCES metric(id),
  leads_to TEXT REFERENCES metric(id), position BIGINT NOT NULL DEFAULT 0, archived BIGINT, CHECK(agg <> 'ratio' OR (num IS NOT NULL AND den IS NOT NULL)));
CREATE TABLE activity(source TEXT NOT NULL, ext_id TEXT NOT NULL, metric TEXT NOT NULL REFERENCES metric(id), person TEXT REFERENCES person(id) ON DELETE SET NULL,
  owner_key TEXT, at BIGINT NOT NULL, amount BIGINT NOT NULL, currency TEXT, label TEXT, revoked BIGINT, seen BIGINT NOT NULL, by_whom TEXT, why TEXT,
  PRIMARY KEY(source, ext_id, metric));
CREATE INDEX activity_by_metric ON activity(metric, at, person) WHERE revoked IS NULL;
CREATE INDEX activity_by_person ON activity(person);
CREATE INDEX activity_without_person ON activity(source, owner_key) WHERE person IS NULL;
-- Deals that are not won: kept, so that the next file finds them, and counted nowhere.
CREATE TABLE pipeline(source TEXT NOT NULL, ext_id TEXT NOT NULL, outcome TEXT NOT NULL CHECK(outcome IN('open','lost')), stage TEXT, person TEXT REFERENCES person(id) ON DELETE SET NULL,
  owner_key TEXT, at BIGINT, amount BIGINT, currency TEXT, label TEXT, seen BIGINT NOT NULL, PRIMARY KEY(source, ext_id));
CREATE INDEX pipeline_by_person ON pipeline(person);
CREATE TABLE calendar(day TEXT NOT NULL, team TEXT NOT NULL DEFAULT '', work DOUBLE PRECISION NOT NULL CHECK(work BETWEEN 0 AND 1), label TEXT, PRIMARY KEY(day, team));
CREATE TABLE goal(id TEXT PRIMARY KEY, scope TEXT NOT NULL CHECK(scope IN('company','team','person')), who TEXT NOT NULL DEFAULT '', metric TEXT NOT NULL REFERENCES metric(id),
  period_start TEXT NOT NULL, period_end TEXT NOT NULL, level TEXT NOT NULL DEFAULT 'must' CHECK(level IN('must','stretch','challenge')), target BIGINT NOT NULL CHECK(target > 0),
  shape TEXT NOT NULL DEFAULT 'workdays' CHECK(shape IN('linear','workdays','weekdays','steps')), steps TEXT, parent TEXT REFERENCES goal(id), why TEXT,
  UNIQUE(scope, who, metric, period_start, period_end, level));
CREATE TABLE scorecard(id TEXT PRIMARY KEY, title TEXT NOT NULL, team TEXT REFERENCES team(id), period TEXT NOT NULL CHECK(period IN('day','week','month','quarter')));
CREATE TABLE scorecard_line(scorecard TEXT NOT NULL REFERENCES scorecard(id) ON DELETE CASCADE, metric TEXT NOT NULL REFERENCES metric(id), position BIGINT NOT NULL,
  weight BIGINT NOT NULL DEFAULT 0, cap DOUBLE PRECISION, target BIGINT, seen_by TEXT NOT NULL DEFAULT 'all' CHECK(seen_by IN('all','managers')), PRIMARY KEY(scorecard, metric));
CREATE TABLE contest(id TEXT PRIMARY KEY, title TEXT NOT NULL, format TEXT NOT NULL, of_whom TEXT NOT NULL CHECK(of_whom IN('people','teams')), starts BIGINT NOT NULL, ends BIGINT,
  goal BIGINT, ties TEXT NOT NULL DEFAULT 'share', rules TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT 'draft' CHECK(stage IN('draft','hidden','open','final','cancelled')),
  parent TEXT REFERENCES contest(id), seed_hash TEXT, seed TEXT, frozen TEXT, confirmed_by TEXT, confirmed BIGINT, CHECK(ends IS NOT NULL OR goal IS NOT NULL));
CREATE TABLE contest_metric(contest TEXT NOT NULL REFERENCES contest(id) ON DELETE CASCADE, metric TEXT NOT NULL REFERENCES metric(id), points BIGINT NOT NULL DEFAULT 1, PRIMARY KEY(contest, metric));
CREATE TABLE contest_entry(contest TEXT NOT NULL REFERENCES contest(id) ON DELETE CASCADE, who TEXT NOT NULL, slot BIGINT, PRIMARY KEY(contest, who));
CREATE TABLE prize(contest TEXT NOT NULL REFERENCES contest(id) ON DELETE CASCADE, place BIGINT NOT NULL, label TEXT NOT NULL, worth BIGINT, currency TEXT, handed_over BIGINT, PRIMARY KEY(contest, place));
CREATE TABLE recognition(id TEXT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL, headline TEXT NOT NULL, body TEXT, from_whom TEXT, rule TEXT, until BIGINT NOT NULL, withdrawn BIGINT);
CREATE TABLE celebration_rule(id TEXT PRIMARY KEY, kind TEXT NOT NULL, metric TEXT REFERENCES metric(id), at_least BIGINT, tier BIGINT NOT NULL DEFAULT 2 CHECK(tier BETWEEN 1 AND 3), team TEXT,
  since BIGINT NOT NULL, paused BIGINT);
CREATE TABLE ramp_plan(id TEXT PRIMARY KEY, title TEXT NOT NULL, days BIGINT NOT NULL CHECK(days BETWEEN 1 AND 400));
CREATE TABLE ramp_stage(plan TEXT NOT NULL REFERENCES ramp_plan(id) ON DELETE CASCADE, seq BIGINT NOT NULL, label TEXT NOT NULL, due_day BIGINT NOT NULL, metric TEXT REFERENCES metric(id),
  target BIGINT, quota_pct BIGINT, PRIMARY KEY(plan, seq));
CREATE TABLE ramp(person TEXT PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE, plan TEXT NOT NULL REFERENCES ramp_plan(id), started TEXT NOT NULL, mentor TEXT REFERENCES person(id) ON DELETE SET NULL,
  on_wall BIGINT NOT NULL DEFAULT 0);
CREATE TABLE ramp_done(person TEXT NOT NULL REFERENCES ramp(person) ON DELETE CASCADE, seq BIGINT NOT NULL, at BIGINT NOT NULL, by_whom TEXT NOT NULL, PRIMARY KEY(person, seq));
CREATE TABLE play(id TEXT PRIMARY KEY, headline TEXT NOT NULL, body TEXT NOT NULL, who TEXT, starts BIGINT, ends BIGINT);
CREATE TABLE notice(id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, team TEXT, starts BIGINT, ends BIGINT, by_whom TEXT NOT NULL);
CREATE TABLE team_skill(team TEXT NOT NULL REFERENCES team(id), axis TEXT NOT NULL, at TEXT NOT NULL, mean DOUBLE PRECISION NOT NULL, n BIGINT NOT NULL CHECK(n >= 5), PRIMARY KEY(team, axis, at));
CREATE TABLE board(id TEXT PRIMARY KEY, title TEXT NOT NULL, slides TEXT NOT NULL, epoch TEXT NOT NULL, rev BIGINT NOT NULL DEFAULT 0, etag TEXT, body TEXT, dirty BIGINT, why_full_list TEXT);
CREATE TABLE screen(id TEXT PRIMARY KEY, name TEXT NOT NULL, board TEXT REFERENCES board(id), teams TEXT NOT NULL DEFAULT '[]', config TEXT NOT NULL DEFAULT '{}', token TEXT, paired BIGINT, seen BIGINT, status TEXT);
CREATE TABLE pairing(code_hash TEXT PRIMARY KEY, screen TEXT NOT NULL, expires BIGINT NOT NULL, tries BIGINT NOT NULL DEFAULT 0);
CREATE TABLE source(id TEXT PRIMARY KEY, kind TEXT NOT NULL, settings TEXT NOT NULL, every_s BIGINT, state TEXT, last_ok BIGINT, last_error TEXT, cursor TEXT);
CREATE TABLE import_run(id TEXT PRIMARY KEY, source TEXT NOT NULL, at BIGINT NOT NULL, by_whom TEXT NOT NULL, file_sha TEXT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL, skipped BIGINT NOT NULL, undone BIGINT);
-- What a run wrote: of each row what it was before, and the hash of what it became. Undo leaves alone what has another hash by then.
CREATE TABLE import_row(run TEXT NOT NULL REFERENCES import_run(id) ON DELETE CASCADE, seq BIGINT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, before_json TEXT, after_hash TEXT NOT NULL, PRIMARY KEY(run, seq));
CREATE TABLE login(id TEXT PRIMARY KEY, person TEXT REFERENCES person(id) ON DELETE CASCADE, email TEXT NOT NULL UNIQUE, password TEXT, role TEXT NOT NULL CHECK(role IN('rep','manager','admin')),
  invited BIGINT, disabled BIGINT);
CREATE TABLE identity(issuer TEXT NOT NULL, subject TEXT NOT NULL, login TEXT NOT NULL REFERENCES login(id) ON DELETE CASCADE, PRIMARY KEY(issuer, subject));
CREATE TABLE session(hash TEXT PRIMARY KEY, login TEXT NOT NULL REFERENCES login(id) ON DELETE CASCADE, made BIGINT NOT NULL, used BIGINT NOT NULL, device TEXT, expires BIGINT NOT NULL);
-- Links that work once: to the first account, to an invitation.
CREATE TABLE one_time_link(hash TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK(kind IN('first','invitation')), login TEXT REFERENCES login(id) ON DELETE CASCADE, expires BIGINT NOT NULL);
CREATE TABLE token(hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK(role IN('screen','ingest','read')), scope TEXT NOT NULL DEFAULT '', label TEXT NOT NULL, made BIGINT NOT NULL, expires BIGINT, used BIGINT);
CREATE TABLE rate(who TEXT NOT NULL, what TEXT NOT NULL, since BIGINT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY(who, what));
CREATE TABLE idempotency(who TEXT NOT NULL, key TEXT NOT NULL, at BIGINT NOT NULL, request_hash TEXT NOT NULL, status BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(who, key));
CREATE TABLE job(id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, due BIGINT NOT NULL, tries BIGINT NOT NULL DEFAULT 0, last_error TEXT, done BIGINT);
CREATE TABLE webhook(id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, kinds TEXT NOT NULL, disabled BIGINT);
CREATE TABLE seen_delivery(source TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY(source, id));
CREATE TABLE merge(id TEXT PRIMARY KEY, kept TEXT NOT NULL, gone TEXT NOT NULL, before_json TEXT NOT NULL, at BIGINT NOT NULL, by_whom TEXT NOT NULL, undone BIGINT);
CREATE TABLE audit(seq BIGINT PRIMARY KEY, at BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT, n BIGINT);
INSERT INTO metric(id, label, unit, decimals, kind, agg, position) VALUES('won', 'Won', 'currency', 2, 'lagging', 'sum', 0);
INSERT INTO metric(id, label, unit, decimals, kind, agg, position) VALUES('deals', 'Deals', 'count', 0, 'lagging', 'count', 1);
