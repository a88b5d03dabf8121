SELECT '\c', $$
\connect x
$$, "\d" /* \i
*/; -- \q
