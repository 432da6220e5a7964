WITH RECURSIVE kinds(id) AS (
  SELECT CAST(:munition_type AS BIGINT)
  UNION
  SELECT s.src FROM kinds k JOIN subtype_of s ON s.dst = k.id)
SELECT count(DISTINCT s.id)
FROM about ab
JOIN made m ON m.dst = ab.src
JOIN actor s ON s.id = m.src
JOIN holds h ON h.src = s.id
JOIN kinds k ON k.id = h.dst
WHERE ab.dst = :event AND ab.stance = 'condemn' AND s.kind = 'state'
