SELECT 'a' \ 'b';
