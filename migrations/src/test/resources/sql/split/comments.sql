-- a comment; with a semicolon and 'a quote
/* another; $$ */ SELECT 1; -- trailing; it's nothing
/* nested /* twice /* thrice; */ */ */ SELECT 2
  /* in the middle; ' */ + 1 -- and here;
  ;
/**/SELECT 3;/***/
/*/ not closed yet */ SELECT 4;
/* //* */ */ SELECT 5;
