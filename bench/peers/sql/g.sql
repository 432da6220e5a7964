-- SQL is given the distance, which it would have to find first (f): that helps it.
WITH RECURSIVE reached(node, depth) AS (
  SELECT CAST(:from AS BIGINT), 0
  UNION
  SELECT t.dst, r.depth + 1 FROM reached r JOIN transferred t ON t.src = r.node WHERE r.depth < :distance - 1),
nearest(node, depth) AS MATERIALIZED (SELECT node, min(depth) FROM reached GROUP BY node),
back(node, depth) AS (
  SELECT CAST(:to AS BIGINT), CAST(:distance AS INTEGER)
  UNION ALL
  SELECT t.src, b.depth - 1
  FROM back b JOIN transferred t ON t.dst = b.node JOIN nearest n ON n.node = t.src AND n.depth = b.depth - 1)
SELECT count(*) FROM back WHERE depth = 0
