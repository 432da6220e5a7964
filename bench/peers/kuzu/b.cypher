MATCH (a:Actor {id: $x})-[t:TRANSFERRED]->(b:Actor) RETURN count(*), sum(t.quantity)
