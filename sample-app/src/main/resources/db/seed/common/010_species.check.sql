-- Families are botanical names; a common name here is a slip in the list.
SELECT id, scientific_name FROM species WHERE family !~ 'aceae$';
