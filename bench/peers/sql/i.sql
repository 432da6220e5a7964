SELECT count(*)
FROM actor a
JOIN transferred t1 ON t1.src = a.id
JOIN transferred t2 ON t2.src = t1.dst
JOIN transferred t3 ON t3.src = t2.dst AND t3.dst = a.id
WHERE a.region = :region
