-- é
COPY t FROM STDIN WITH (FREEZE, FORMAT 'binary');
\.
