SELECT count(*)
FROM voted v JOIN concerns c ON c.src = v.dst
WHERE v.dst = :resolution AND v.value = 'no' AND NOT EXISTS (
  SELECT 1 FROM made m JOIN about ab ON ab.src = m.dst
  WHERE m.src = v.src AND ab.dst = c.dst AND ab.stance = 'condemn')
