SELECT r.id, v.value, count(*) AS votes
FROM voted v JOIN resolution r ON r.id = v.dst
GROUP BY r.id, v.value
ORDER BY votes DESC, r.id, v.value
LIMIT 20
