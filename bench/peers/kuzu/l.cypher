MATCH (a:Actor)-[v:VOTED]->(r:Resolution {id: $resolution})-[:CONCERNS]->(e:Event)
WHERE v.value = 'no' AND NOT EXISTS {
  MATCH (a)-[:MADE]->(:Statement)-[about:ABOUT]->(e) WHERE about.stance = 'condemn'
}
RETURN count(*)
