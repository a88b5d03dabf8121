SELECT a$b, c$$d, e$f$ FROM t;
PREPARE p AS SELECT $1, $2$$;$$;
SELECT $foo; SELECT $ 1;
SELECT $1a, 1$$;$$;
SELECT $e'\';';
