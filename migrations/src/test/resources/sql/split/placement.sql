  SELECT 1;  SELECT '😀', 'é';  SELECT 2;


/* c */ -- d
	 SELECT 3;
