MATCH (a:Actor)-[v:VOTED]->(r:Resolution)
RETURN r.id, v.value, count(*) AS votes
ORDER BY votes DESC, r.id, v.value
LIMIT 20
