MATCH (a:Actor {id: $x}) RETURN a.region
