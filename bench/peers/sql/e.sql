WITH RECURSIVE reached(node, depth) AS (
  SELECT CAST(:x AS BIGINT), 0
  UNION
  SELECT t.dst, r.depth + 1 FROM reached r JOIN transferred t ON t.src = r.node WHERE r.depth < 5)
SELECT count(DISTINCT node) FROM reached WHERE depth > 0
