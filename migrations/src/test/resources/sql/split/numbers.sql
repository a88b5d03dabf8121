SELECT 1.5e-3, .5, 1e+5, 1..2, 0x1F, 1_000, 5.;
SELECT 1e--2;
, 3;
