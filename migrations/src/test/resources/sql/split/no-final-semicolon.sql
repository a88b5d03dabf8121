SELECT 1;
  SELECT 'a;b' -- trailing; comment
/* another; */
