SELECT count(DISTINCT t2.dst)
FROM transferred t1 JOIN transferred t2 ON t2.src = t1.dst
WHERE t1.src = :x
