MATCH (a:Actor {id: $from})-[r:TRANSFERRED* SHORTEST 1..30]->(b:Actor {id: $to}) RETURN length(r)
