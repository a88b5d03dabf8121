SELECT $$a;'b"/*--$$, $tag$ ;$$; $TAG$; $tag $tag$, $_1$;$_1$;
SELECT $a$;$b$a$;
SELECT $a$ $b$ ; $b$ ; $a$, $é$;$é$;
SELECT $$ $a$$, $$$$;
DO $$
BEGIN
  IF true THEN RAISE NOTICE 'x;'; END IF;
END
$$;
