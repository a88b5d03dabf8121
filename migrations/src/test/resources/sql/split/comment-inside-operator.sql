SELECT 1*/*c;*/2;
SELECT 1--2;
+ 3;
SELECT a <->/*x;*/ b, 1 +-- y;
2;
