SELECT 1.5e-3, .5, 1e+5, 1..2, 0x1F, 1_000, 5., 1.e5, 1E5-2, 1-2e3--;
;
SELECT 1$$;$$, 1e+5$$;$$, 1.5$$;$$;
SELECT 1e5$$; SELECT 1a$$;
SELECT 1e--2;
SELECT 0xe--2;
;
