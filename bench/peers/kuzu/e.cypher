// All walks of up to five edges are far too many for Kùzu to list, and its SHORTEST never leads back to the start. So:
// what four edges reach, and the start, and one edge from each of those. No other form that we tried is as fast.
MATCH (a:Actor {id: $x})-[:TRANSFERRED* SHORTEST 1..4]->(near:Actor)
WITH a, collect(near.id) AS others
UNWIND list_append(others, a.id) AS id
MATCH (near:Actor {id: id})-[:TRANSFERRED]->(b:Actor)
RETURN count(DISTINCT b.id)
