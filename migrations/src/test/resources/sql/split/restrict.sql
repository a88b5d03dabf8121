\restrict abcDEF;123
SELECT 1; \unrestrict abcDEF
-- comment
SELECT 2;
\unrestrict abc
