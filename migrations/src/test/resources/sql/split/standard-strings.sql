SELECT 'it''s; fine', 'C:\';
SELECT '', ''';', 'a
;
b';
SELECT 'x' 'y;';
