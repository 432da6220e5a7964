MATCH (a:Actor)-[:TRANSFERRED]->(b:Actor)-[:TRANSFERRED]->(c:Actor)-[:TRANSFERRED]->(a)
WHERE a.region = $region
RETURN count(*)
