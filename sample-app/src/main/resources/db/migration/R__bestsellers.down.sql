DROP VIEW bestsellers;
