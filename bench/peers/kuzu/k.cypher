MATCH (s:Actor)-[:MADE]->(:Statement)-[about:ABOUT]->(e:Event {id: $event})
WHERE about.stance = 'condemn' AND s.kind = 'state'
MATCH (s)-[:HOLDS]->(m:MunitionType)-[:SUBTYPE_OF*0..10]->(y:MunitionType {id: $munition_type})
RETURN count(DISTINCT s.id)
