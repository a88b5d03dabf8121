BEGIN;
COPY t (a) FROM stdin;
1
\.
COMMIT;
