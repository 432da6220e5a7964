// As in e: SHORTEST in place of all walks, and the start beside what it reaches.
MATCH (a:Actor {id: $x})-[:TRANSFERRED* SHORTEST 1..30]->(reached:Actor)
WITH a, collect(reached.id) AS others
UNWIND list_append(others, a.id) AS id
MATCH (b:Actor {id: id})-[:USED_BY]->(u:Actor)
RETURN count(DISTINCT u.id)
