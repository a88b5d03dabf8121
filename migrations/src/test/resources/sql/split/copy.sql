COPY t FROM STDIN;
1	a;b
2	'it''s $$ /* -- \\. \.
 \.
\.x
\.
SELECT 1;
copy s.t (a, "from") from stdin with (format csv, header); -- the data; follows
a,b
"x
y",1
\.
COPY /* c */ t -- d
FROM/**/STDIN DELIMITER ',' ;
\.

COPY t FROM STDOUT;
1
\.
