SELECT region FROM actor WHERE id = :x
