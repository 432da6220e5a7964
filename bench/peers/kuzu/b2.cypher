MATCH (a:Actor {id: $x})-[t:TRANSFERRED]->(b:Actor) RETURN b.id, t.quantity, t.year
