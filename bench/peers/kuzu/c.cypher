MATCH (a:Actor {id: $x})-[:TRANSFERRED]->(:Actor)-[:TRANSFERRED]->(b:Actor) RETURN count(DISTINCT b.id)
