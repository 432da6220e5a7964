MATCH (a:Actor {id: $from})-[r:TRANSFERRED* ALL SHORTEST 1..30]->(b:Actor {id: $to}) RETURN count(*)
