WITH RECURSIVE reached(node, depth) AS (
  SELECT CAST(:from AS BIGINT), 0
  UNION
  SELECT t.dst, r.depth + 1 FROM reached r JOIN transferred t ON t.src = r.node WHERE r.depth < 12)
SELECT depth FROM reached WHERE node = :to LIMIT 1
