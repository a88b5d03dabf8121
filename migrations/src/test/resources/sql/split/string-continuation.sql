SELECT E'a'
  'b\'c;';
SELECT E'a' -- a comment; it's part of the white space
  -- and another
'b\';';
SELECT E'a' 'b\';
SELECT E'a' /* no
line */ 'b\';
SELECT 'a'
'b\';
SELECT E'a' -
'b\';
