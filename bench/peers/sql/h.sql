WITH RECURSIVE reached(node) AS (
  SELECT CAST(:x AS BIGINT)
  UNION
  SELECT t.dst FROM reached r JOIN transferred t ON t.src = r.node)
SELECT count(DISTINCT u.dst) FROM reached r JOIN used_by u ON u.src = r.node
