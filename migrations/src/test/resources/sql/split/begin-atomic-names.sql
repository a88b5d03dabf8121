CREATE FUNCTION f() RETURNS int
BEGIN ATOMIC
  SELECT begin, t.end, 1 AS end, 2 AS case FROM t;
  SELECT t.case;
END;
CREATE FUNCTION begin() RETURNS TABLE (begin int, atomic int) LANGUAGE sql AS 'SELECT 1; SELECT 2';
CREATE FUNCTION s.begin(atomic int) RETURNS int LANGUAGE sql RETURN 1;
SELECT begin atomic;
SELECT 2;
