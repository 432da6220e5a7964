SELECT count(*), sum(quantity) FROM transferred WHERE src = :x
