-- Every object that users made in this database: kind, name, definition. Runs on PostgreSQL 13 to 18 with an empty
-- search_path, so that the server's own functions qualify all names. Columns that only some versions have are read
-- through to_jsonb. The parameter: names of tables to leave out, besides the ones that start with samara_.
WITH RECURSIVE
own (oid) AS (
	-- Left out: the tables, what belongs to them, and the views that read them.
	SELECT c.oid FROM pg_class c
	WHERE c.oid >= 16384
		AND (c.relname LIKE 'samara\_%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') OR c.relname = ANY (?::text[]))
	UNION
	SELECT x.oid FROM own o JOIN LATERAL (
		SELECT indexrelid AS oid FROM pg_index WHERE indrelid = o.oid
		UNION ALL
		SELECT d.objid FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
		WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid
			AND d.deptype IN ('a', 'i')
		UNION ALL
		SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
		WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid
	) x ON true
),
made_along AS (
	-- Members of extensions, and the functions and casts that come with a range type.
	SELECT classid, objid FROM pg_depend
	WHERE deptype = 'e' OR deptype = 'i' AND classid IN ('pg_proc'::regclass, 'pg_cast'::regclass)
),
-- 16384 is the first OID after initdb; the schema public is older and yet the user's.
namespace AS (
	SELECT oid, quote_ident(nspname) AS name, nspowner, nspacl FROM pg_namespace
	WHERE (oid >= 16384 OR nspname = 'public') AND nspname !~ '^pg_'
		AND ('pg_namespace'::regclass, oid) NOT IN (TABLE made_along)
),
relation AS (
	SELECT c.*, format('%s.%I', n.name, c.relname) AS name FROM pg_class c JOIN namespace n ON n.oid = c.relnamespace
	WHERE c.oid >= 16384 AND c.oid NOT IN (SELECT oid FROM own)
		AND ('pg_class'::regclass, c.oid) NOT IN (TABLE made_along)
),
routine AS (
	SELECT p.*, format('%s.%I(%s)', n.name, p.proname, pg_get_function_identity_arguments(p.oid)) AS name
	FROM pg_proc p JOIN namespace n ON n.oid = p.pronamespace
	WHERE ('pg_proc'::regclass, p.oid) NOT IN (TABLE made_along)
),
own_type AS (
	SELECT t.*, format('%s.%I', n.name, t.typname) AS name
	FROM pg_type t JOIN namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
	WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
		AND ('pg_type'::regclass, t.oid) NOT IN (TABLE made_along)
),
owned (kind, name, owner, acl, initial) AS (
	SELECT 'schema', name, nspowner, nspacl, acldefault('n', nspowner) FROM namespace
	UNION ALL
	SELECT 'relation', name, relowner, relacl,
		acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner)
	FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
	UNION ALL
	SELECT 'column', format('%s.%I', r.name, a.attname), r.relowner, a.attacl, acldefault('c', r.relowner)
	FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
	UNION ALL
	SELECT 'routine', name, proowner, proacl, acldefault('f', proowner) FROM routine
	UNION ALL
	SELECT 'type', name, typowner, typacl, acldefault('T', typowner) FROM own_type
),
other (classid, oid) AS (
	SELECT 'pg_operator'::regclass, oid FROM pg_operator UNION ALL
	SELECT 'pg_opclass'::regclass, oid FROM pg_opclass UNION ALL
	SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily UNION ALL
	SELECT 'pg_cast'::regclass, oid FROM pg_cast UNION ALL
	SELECT 'pg_collation'::regclass, oid FROM pg_collation UNION ALL
	SELECT 'pg_conversion'::regclass, oid FROM pg_conversion UNION ALL
	SELECT 'pg_language'::regclass, oid FROM pg_language UNION ALL
	SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config UNION ALL
	SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict UNION ALL
	SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper UNION ALL
	SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
)
SELECT 'schema' AS kind, name, '' AS definition FROM namespace
UNION ALL
SELECT CASE r.relkind
		WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
	r.name,
	concat_ws(' ',
		CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
		'INHERITS ' || (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
			FROM pg_inherits i WHERE i.inhrelid = r.oid),
		pg_get_expr(r.relpartbound, r.oid),
		'PARTITION BY ' || CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid) END,
		'OF ' || CASE WHEN r.reloftype <> 0 THEN r.reloftype::regtype END,
		'USING ' || (SELECT amname FROM pg_am WHERE oid = r.relam AND amname <> 'heap'),
		'TABLESPACE ' || (SELECT spcname FROM pg_tablespace WHERE oid = r.reltablespace),
		'WITH ' || r.reloptions::text,
		CASE WHEN r.relrowsecurity THEN 'ROW SECURITY' END,
		CASE WHEN r.relforcerowsecurity THEN 'FORCED' END,
		CASE WHEN r.relkind IN ('r', 'p') AND r.relreplident <> 'd' THEN 'REPLICA IDENTITY ' || r.relreplident::text END,
		CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN 'WITH NO DATA' END,
		CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END)
FROM relation r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT 'column',
	format('%s #%s', r.name, lpad(row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum)::text, 4, '0')),
	concat_ws(' ',
		quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
		'COLLATE ' || CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation END,
		CASE WHEN a.attnotnull THEN 'NOT NULL' END,
		CASE a.attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' || a.attgenerated::text || ' ' END
			|| pg_get_expr(d.adbin, d.adrelid),
		'IDENTITY ' || nullif(a.attidentity::text, ''),
		CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE ' || a.attstorage::text END,
		'COMPRESSION ' || nullif(to_jsonb(a) ->> 'attcompression', ''),
		'STATISTICS ' || nullif(to_jsonb(a) ->> 'attstattarget', '-1'),
		'WITH ' || a.attoptions::text, 'OPTIONS ' || a.attfdwoptions::text,
		CASE WHEN NOT a.attislocal THEN 'INHERITED' END)
FROM relation r
	JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
	JOIN pg_type t ON t.oid = a.atttypid
	LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE r.relkind IN ('r', 'p', 'f', 'c')
UNION ALL
-- Since PostgreSQL 18 NOT NULL is a constraint too; the column says it already, unless there is more to it.
SELECT 'constraint', coalesce(r.name, t.name) || '.' || quote_ident(c.conname), pg_get_constraintdef(c.oid)
FROM pg_constraint c LEFT JOIN relation r ON r.oid = c.conrelid LEFT JOIN own_type t ON t.oid = c.contypid
WHERE (r.oid IS NOT NULL OR t.oid IS NOT NULL) AND c.confrelid NOT IN (SELECT oid FROM own)
	AND c.contype <> 't' AND (c.contype <> 'n' OR NOT c.convalidated OR c.connoinherit)
UNION ALL
SELECT 'index', r.name,
	concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'INVALID' END,
		CASE WHEN i.indisclustered THEN 'CLUSTERED' END, CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END)
FROM pg_index i JOIN relation r ON r.oid = i.indexrelid
UNION ALL
SELECT 'sequence', r.name,
	format('%s START %s INCREMENT %s MIN %s MAX %s CACHE %s%s%s', s.seqtypid::regtype, s.seqstart, s.seqincrement,
		s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END, ' OWNED BY ' || (
			SELECT format('%s.%I', d.refobjid::regclass, a.attname)
			FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
			WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
				AND d.refclassid = 'pg_class'::regclass))
FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
UNION ALL
SELECT CASE prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, name, pg_get_functiondef(oid)
FROM routine WHERE prokind <> 'a'
UNION ALL
SELECT 'aggregate', p.name,
	format('RETURNS %s %s', pg_get_function_result(p.oid), to_jsonb(a) - 'aggfnoid' - 'aggtranstype' - 'aggmtranstype' - 'aggsortop')
	|| format(' %s %s %s', a.aggtranstype::regtype, a.aggmtranstype::regtype, a.aggsortop::regoperator)
FROM routine p JOIN pg_aggregate a ON a.aggfnoid = p.oid
UNION ALL
SELECT 'trigger', format('%s.%I', r.name, t.tgname),
	concat_ws(' ', pg_get_triggerdef(t.oid), 'ENABLED ' || nullif(t.tgenabled::text, 'O'))
FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', format('%s.%I', r.name, w.rulename),
	concat_ws(' ', pg_get_ruledef(w.oid), 'ENABLED ' || nullif(w.ev_enabled::text, 'O'))
FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', format('%s.%I', r.name, p.polname),
	concat_ws(' ', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, 'FOR ' || p.polcmd::text,
		'TO ' || (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END, ', ' ORDER BY role)
			FROM unnest(p.polroles) role),
		'USING ' || pg_get_expr(p.polqual, p.polrelid), 'CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
UNION ALL
SELECT 'statistics', format('%s.%I', n.name, s.stxname), pg_get_statisticsobjdef(s.oid)
FROM pg_statistic_ext s JOIN namespace n ON n.oid = s.stxnamespace WHERE s.stxrelid NOT IN (SELECT oid FROM own)
UNION ALL
SELECT 'enum', t.name, (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
		FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM own_type t WHERE t.typtype = 'e'
UNION ALL
SELECT 'domain', t.name,
	concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
		'COLLATE ' || CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation END,
		CASE WHEN t.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || t.typdefault)
FROM own_type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd'
UNION ALL
SELECT 'composite', t.name, '' FROM own_type t WHERE t.typtype = 'c'
UNION ALL
SELECT 'range', t.name,
	concat_ws(' ', g.rngsubtype::regtype, (SELECT opcname FROM pg_opclass WHERE oid = g.rngsubopc),
		'COLLATE ' || CASE WHEN g.rngcollation <> 0 THEN g.rngcollation::regcollation END,
		'CANONICAL ' || CASE WHEN g.rngcanonical <> 0 THEN g.rngcanonical END,
		'DIFF ' || CASE WHEN g.rngsubdiff <> 0 THEN g.rngsubdiff END)
FROM own_type t JOIN pg_range g ON g.rngtypid = t.oid
UNION ALL
SELECT 'extension', quote_ident(e.extname), format('%s SCHEMA %I', e.extversion, n.nspname)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384
UNION ALL
SELECT 'event trigger', quote_ident(evtname),
	concat_ws(' ', evtevent, evtfoid::regprocedure, evttags::text, 'ENABLED ' || evtenabled::text)
FROM pg_event_trigger WHERE ('pg_event_trigger'::regclass, oid) NOT IN (TABLE made_along)
UNION ALL
SELECT i.type, i.identity, '' FROM other o, pg_identify_object(o.classid, o.oid, 0) i
WHERE o.oid >= 16384 AND (o.classid, o.oid) NOT IN (TABLE made_along)
UNION ALL
SELECT 'comment', i.type || ' ' || i.identity, d.description
FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid IN (SELECT oid FROM namespace))
	AND (d.classoid, d.objoid) NOT IN (TABLE made_along)
	AND NOT EXISTS (SELECT 1 FROM own o WHERE d.classoid = 'pg_class'::regclass AND d.objoid = o.oid)
	AND NOT EXISTS (SELECT 1 FROM pg_constraint c JOIN own o ON o.oid IN (c.conrelid, c.confrelid)
		WHERE d.classoid = 'pg_constraint'::regclass AND c.oid = d.objoid)
	AND NOT EXISTS (SELECT 1 FROM pg_trigger t JOIN own o ON o.oid = t.tgrelid
		WHERE d.classoid = 'pg_trigger'::regclass AND t.oid = d.objoid)
UNION ALL
-- The owner of the database owns what nobody else does.
SELECT 'owner', o.kind || ' ' || o.name, o.owner::regrole::text
FROM owned o JOIN pg_database d ON d.datname = current_database()
WHERE o.kind <> 'column' AND o.name <> 'public' AND o.owner <> d.datdba
UNION ALL
-- Differences to what an owner and PUBLIC have from the start, so that a GRANT and its REVOKE leave nothing.
SELECT g.sign, o.kind || ' ' || o.name,
	concat_ws(' ', g.privilege_type, CASE g.sign WHEN 'grant' THEN 'TO' ELSE 'FROM' END,
		CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END,
		CASE WHEN g.is_grantable THEN 'WITH GRANT OPTION' END)
FROM owned o JOIN LATERAL (
	SELECT 'grant' AS sign, * FROM (SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.acl)
		EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.initial)) x
	UNION ALL
	SELECT 'revoke', * FROM (SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.initial)
		EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.acl)) x
) g ON true
WHERE o.acl IS NOT NULL
UNION ALL
SELECT 'default privileges', concat_ws(' ', d.defaclrole::regrole, n.name, d.defaclobjtype),
	(SELECT string_agg(item, ', ' ORDER BY item) FROM (SELECT unnest(d.defaclacl)::text AS item) x)
FROM pg_default_acl d LEFT JOIN namespace n ON n.oid = d.defaclnamespace
