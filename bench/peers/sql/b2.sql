SELECT dst, quantity, year FROM transferred WHERE src = :x
