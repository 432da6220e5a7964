SELECT id FROM actor WHERE key = :key
