MATCH (a:Actor {key: $key}) RETURN a.id
