-- The tables of SQLite and DuckDB, in the order of the CSV files' columns. A file is named as its table.
CREATE TABLE actor(id BIGINT, key TEXT, name TEXT, kind TEXT, region BIGINT);
CREATE TABLE munition_type(id BIGINT, name TEXT, level BIGINT);
CREATE TABLE source(id BIGINT, url TEXT, publisher TEXT, year BIGINT);
CREATE TABLE event(id BIGINT, name TEXT, year BIGINT);
CREATE TABLE resolution(id BIGINT, name TEXT, year BIGINT);
CREATE TABLE statement(id BIGINT, text TEXT, year BIGINT);
CREATE TABLE subtype_of(src BIGINT, dst BIGINT);
CREATE TABLE concerns(src BIGINT, dst BIGINT);
CREATE TABLE transferred(src BIGINT, dst BIGINT, munition BIGINT, quantity BIGINT, year BIGINT, source BIGINT);
CREATE TABLE used_by(src BIGINT, dst BIGINT, munition BIGINT, event BIGINT, year BIGINT, source BIGINT);
CREATE TABLE holds(src BIGINT, dst BIGINT, quantity BIGINT, year BIGINT, source BIGINT);
CREATE TABLE voted(src BIGINT, dst BIGINT, value TEXT, year BIGINT, source BIGINT);
CREATE TABLE made(src BIGINT, dst BIGINT, year BIGINT, source BIGINT);
CREATE TABLE about(src BIGINT, dst BIGINT, stance TEXT, source BIGINT);
CREATE TABLE cites(src BIGINT, dst BIGINT, page BIGINT);
