WITH RECURSIVE reached(node, depth) USING KEY (node) AS (
  SELECT CAST(:from AS BIGINT) AS node, 0 AS depth
  UNION (
    SELECT t.dst, r.depth + 1
    FROM reached r JOIN transferred t ON t.src = r.node LEFT JOIN recurring.reached seen ON seen.node = t.dst
    WHERE seen.node IS NULL AND NOT EXISTS (SELECT 1 FROM recurring.reached there WHERE there.node = :to)
    GROUP BY t.dst, r.depth))
SELECT depth FROM reached WHERE node = :to
