// The tables of Kùzu. A file is named as its table, in lower case with _ between words.
CREATE NODE TABLE Actor(id INT64, key STRING, name STRING, kind STRING, region INT64, PRIMARY KEY(id));
CREATE NODE TABLE MunitionType(id INT64, name STRING, level INT64, PRIMARY KEY(id));
CREATE NODE TABLE Source(id INT64, url STRING, publisher STRING, year INT64, PRIMARY KEY(id));
CREATE NODE TABLE Event(id INT64, name STRING, year INT64, PRIMARY KEY(id));
CREATE NODE TABLE Resolution(id INT64, name STRING, year INT64, PRIMARY KEY(id));
CREATE NODE TABLE Statement(id INT64, text STRING, year INT64, PRIMARY KEY(id));
CREATE REL TABLE SUBTYPE_OF(FROM MunitionType TO MunitionType);
CREATE REL TABLE CONCERNS(FROM Resolution TO Event);
CREATE REL TABLE TRANSFERRED(FROM Actor TO Actor, munition INT64, quantity INT64, year INT64, source INT64);
CREATE REL TABLE USED_BY(FROM Actor TO Actor, munition INT64, event INT64, year INT64, source INT64);
CREATE REL TABLE HOLDS(FROM Actor TO MunitionType, quantity INT64, year INT64, source INT64);
CREATE REL TABLE VOTED(FROM Actor TO Resolution, value STRING, year INT64, source INT64);
CREATE REL TABLE MADE(FROM Actor TO Statement, year INT64, source INT64);
CREATE REL TABLE ABOUT(FROM Statement TO Event, stance STRING, source INT64);
CREATE REL TABLE CITES(FROM Statement TO Source, page INT64);
