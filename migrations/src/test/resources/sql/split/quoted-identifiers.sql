SELECT "a;b", "say ""x;""", "two
lines; -- no comment", "/*", "$$", "'";
SELECT "begin"."end;";
