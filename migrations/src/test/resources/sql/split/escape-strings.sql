SELECT E'\';', e'a\\', E'it''s;\'';
SELECT nameE'\', ';';
SELECT E'\
;';
