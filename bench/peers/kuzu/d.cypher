MATCH (a:Actor {id: $x})-[t1:TRANSFERRED]->(:Actor)-[t2:TRANSFERRED]->(:Actor)-[t3:TRANSFERRED]->(b:Actor)
WHERE t1.year >= 2010 AND t2.year >= 2010 AND t3.year >= 2010 AND t3.quantity > 100
RETURN count(*), count(DISTINCT b.id)
