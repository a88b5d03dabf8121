SELECT a ? 'b', a ?| b, a ?& b, a @? '$.x', a @@ '$.y', a #>> '{a}', a -> 'b', f(x => 1), p <-> q, 1::int, 1!=-1;
SELECT a[1:2], x := 1, :var, :'var', :"va;r", :{?var} FROM t;
SELECT {fn now()}, {d '2020-01-01'}, ??;
