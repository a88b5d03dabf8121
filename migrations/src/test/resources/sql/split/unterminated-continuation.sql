SELECT 'a'
'b;
