SELECT count(*), count(DISTINCT t3.dst)
FROM transferred t1 JOIN transferred t2 ON t2.src = t1.dst JOIN transferred t3 ON t3.src = t2.dst
WHERE t1.src = :x AND t1.year >= 2010 AND t2.year >= 2010 AND t3.year >= 2010 AND t3.quantity > 100
