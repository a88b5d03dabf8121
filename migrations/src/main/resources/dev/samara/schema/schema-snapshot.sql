-- Every object that users made in this database: identity and definition. Runs on PostgreSQL 13 to 18, and expects an
-- empty search_path, so that the server's own functions qualify every name but those of pg_catalog. The parameter is
-- two text arrays, schemas and names of the relations to leave out; where the schema is NULL, in all schemas.
-- Nothing here may depend on OIDs, on the order of rows, on physical places, or on what the role may read.
WITH RECURSIVE
left_out (oid) AS (
	-- The relations named, Samara's own of whatever name, what belongs to them, and the views that read them.
	SELECT oid FROM (
		SELECT c.oid
		FROM unnest(:left_out) x (schema, name) JOIN pg_class c ON c.relname = x.name
			JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = coalesce(x.schema, n.nspname)
		UNION ALL
		SELECT objoid FROM pg_description
		WHERE classoid = 'pg_class'::regclass AND objsubid = 0 AND objoid >= 16384 AND description ~ 'Samara.*Layout [0-9]+\.$'
	) own
	UNION
	SELECT x.oid FROM left_out o JOIN LATERAL (
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
made_along AS MATERIALIZED (
	-- Members of extensions, and the functions and casts that come with a range type.
	SELECT DISTINCT classid::oid AS classid, objid FROM pg_depend
	WHERE deptype = 'e' OR deptype = 'i' AND classid IN ('pg_proc'::regclass, 'pg_cast'::regclass)
),
-- 16384 is the first OID after initdb; the schema public is older and yet the user's.
namespace AS MATERIALIZED (
	SELECT oid, quote_ident(nspname) AS name, nspowner, nspacl FROM pg_namespace
	WHERE (oid >= 16384 OR nspname = 'public') AND nspname !~ '^pg_'
		AND ('pg_namespace'::regclass::oid, oid) NOT IN (TABLE made_along)
),
relation AS MATERIALIZED (
	SELECT c.*, n.name || '.' || quote_ident(c.relname) AS name,
		CASE c.relkind
			WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
			WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index'
			ELSE 'table' END AS kind
	FROM pg_class c JOIN namespace n ON n.oid = c.relnamespace
	WHERE c.oid >= 16384 AND c.oid NOT IN (TABLE left_out)
		AND ('pg_class'::regclass::oid, c.oid) NOT IN (TABLE made_along)
),
attribute AS MATERIALIZED (
	-- PostgreSQL 13 has no attcompression; there the name means the NULL outside.
	SELECT r.relkind, r.relowner, a.*, r.name || '.' || a.column_name AS name
	FROM (SELECT NULL::"char" AS attcompression) before14, relation r, LATERAL (
		SELECT attrelid, quote_ident(attname) AS column_name, atttypid, atttypmod, attnum, attcollation, attnotnull, atthasdef, attgenerated,
			attidentity, attstorage, attstattarget, attoptions, attfdwoptions, attislocal, attacl,
			attcompression AS compression
		FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped
	) a
	WHERE r.relkind IN ('r', 'p', 'f', 'c', 'v', 'm')
),
parent (oid, names) AS (
	SELECT inhrelid, string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits GROUP BY inhrelid
),
routine AS MATERIALIZED (
	SELECT p.*, n.name || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')'
			AS name,
		CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind
	FROM pg_proc p JOIN namespace n ON n.oid = p.pronamespace
	WHERE ('pg_proc'::regclass::oid, p.oid) NOT IN (TABLE made_along)
),
own_type AS MATERIALIZED (
	SELECT t.*, n.name || '.' || quote_ident(t.typname) AS name
	FROM pg_type t JOIN namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
	WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c'
			OR t.typtype = 'b' AND t.typelem = 0 OR t.typtype = 'p')
		AND ('pg_type'::regclass::oid, t.oid) NOT IN (TABLE made_along)
),
other (classid, oid, definition) AS (
	SELECT 'pg_operator'::regclass, oid, format('%s %s %s %s %s %s %s', oprcode, oprcom::regoperator,
			oprnegate::regoperator, oprrest, oprjoin, oprcanmerge, oprcanhash)
		FROM pg_operator
	UNION ALL
	SELECT 'pg_opclass'::regclass, oid, concat_ws(' ', opcintype::regtype, nullif(opckeytype, 0)::regtype,
			CASE WHEN opcdefault THEN 'DEFAULT' END)
		FROM pg_opclass
	UNION ALL
	SELECT 'pg_opfamily'::regclass, oid, concat_ws(', ',
			(SELECT string_agg(concat_ws(' ', amopstrategy, amopopr::regoperator, amoppurpose), ', '
					ORDER BY amopstrategy, amopopr::regoperator::text COLLATE "C")
				FROM pg_amop WHERE amopfamily = f.oid),
			(SELECT string_agg(concat_ws(' ', amprocnum, amproc::regprocedure), ', '
					ORDER BY amprocnum, amproc::regprocedure::text COLLATE "C")
				FROM pg_amproc WHERE amprocfamily = f.oid))
		FROM pg_opfamily f WHERE oid >= 16384
	UNION ALL
	SELECT 'pg_cast'::regclass, oid, concat_ws(' ', nullif(castfunc, 0)::regprocedure, castcontext, castmethod)
		FROM pg_cast
	UNION ALL
	SELECT 'pg_collation'::regclass, oid, (to_jsonb(c) - ARRAY['oid', 'collname', 'collnamespace', 'collowner',
			'collversion'])::text
		FROM pg_collation c WHERE oid >= 16384
	UNION ALL
	SELECT 'pg_conversion'::regclass, oid, concat_ws(' ', conproc, condefault) FROM pg_conversion
	UNION ALL
	SELECT 'pg_language'::regclass, oid, CASE WHEN lanpltrusted THEN 'TRUSTED' END FROM pg_language
	UNION ALL
	SELECT 'pg_ts_config'::regclass, oid,
			(SELECT string_agg(format('%s %s', maptokentype, mapdict::regdictionary), ', ' ORDER BY maptokentype, mapseqno)
				FROM pg_ts_config_map WHERE mapcfg = c.oid)
		FROM pg_ts_config c WHERE oid >= 16384
	UNION ALL
	SELECT 'pg_ts_dict'::regclass, d.oid, concat_ws(' ', t.tmplname, d.dictinitoption)
		FROM pg_ts_dict d JOIN pg_ts_template t ON t.oid = d.dicttemplate
	UNION ALL
	SELECT 'pg_transform'::regclass, oid, concat_ws(' ', trffromsql, trftosql) FROM pg_transform
	UNION ALL
	-- Options of foreign data may be secret.
	SELECT 'pg_foreign_data_wrapper'::regclass, oid, concat_ws(' ', nullif(fdwhandler, 0)::regproc,
			nullif(fdwvalidator, 0)::regproc, 'OPTIONS ' || sha256(convert_to(fdwoptions::text, 'UTF8')))
		FROM pg_foreign_data_wrapper
	UNION ALL
	SELECT 'pg_foreign_server'::regclass, s.oid, concat_ws(' ', w.fdwname, s.srvtype, s.srvversion,
			'OPTIONS ' || sha256(convert_to(s.srvoptions::text, 'UTF8')))
		FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
),
owned (name, owner, acl, initial) AS (
	SELECT 'schema ' || n.name, nspowner, nspacl, coalesce(i.initprivs, acldefault('n', nspowner))
	FROM namespace n LEFT JOIN pg_init_privs i
		ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid AND i.privtype = 'i'
	UNION ALL
	SELECT kind || ' ' || name, relowner, relacl,
		acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner)
	FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
	UNION ALL
	SELECT 'column ' || name, NULL, attacl, acldefault('c', relowner) FROM attribute WHERE attacl IS NOT NULL
	UNION ALL
	SELECT kind || ' ' || name, proowner, proacl, acldefault('f', proowner) FROM routine
	UNION ALL
	SELECT 'type ' || name, typowner, typacl, acldefault('T', typowner) FROM own_type
	UNION ALL
	SELECT 'language ' || quote_ident(lanname), lanowner, lanacl, acldefault('l', lanowner)
	FROM pg_language WHERE oid >= 16384 AND ('pg_language'::regclass::oid, oid) NOT IN (TABLE made_along)
	UNION ALL
	SELECT 'server ' || quote_ident(srvname), srvowner, srvacl, acldefault('S', srvowner) FROM pg_foreign_server
)
SELECT 'schema ' || name AS identity, '' AS definition FROM namespace
UNION ALL
SELECT r.kind || ' ' || r.name,
	concat_ws(' ',
		CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
		CASE WHEN r.relispartition THEN 'PARTITION OF ' ELSE 'INHERITS ' END || p.names,
		CASE WHEN r.relispartition THEN pg_get_expr(r.relpartbound, r.oid) END,
		CASE WHEN r.relkind = 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(r.oid) END,
		CASE WHEN r.reloftype <> 0 THEN 'OF ' || r.reloftype::regtype END,
		'USING ' || m.amname,
		CASE WHEN r.reltablespace <> 0 THEN 'TABLESPACE ' || (SELECT quote_ident(spcname) FROM pg_tablespace
			WHERE oid = r.reltablespace) END,
		'WITH (' || (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(r.reloptions) o) || ')',
		CASE WHEN r.relkind = 'f' THEN (SELECT format('SERVER %I OPTIONS %s', s.srvname,
				sha256(convert_to(f.ftoptions::text, 'UTF8')))
			FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid) END,
		CASE WHEN r.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
		CASE WHEN r.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END,
		CASE WHEN r.relkind IN ('r', 'p') THEN CASE r.relreplident
			WHEN 'f' THEN 'REPLICA IDENTITY FULL' WHEN 'n' THEN 'REPLICA IDENTITY NOTHING'
			WHEN 'i' THEN 'REPLICA IDENTITY USING INDEX' END END,
		CASE WHEN r.relkind IN ('v', 'm') THEN 'AS' || pg_get_viewdef(r.oid) END,
		CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN 'WITH NO DATA' END)
FROM relation r
	LEFT JOIN parent p ON p.oid = r.oid
	LEFT JOIN pg_am m ON m.oid = r.relam AND m.amname <> 'heap'
WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
-- Apart from the table, because nothing but making the table anew restores the order.
SELECT 'columns ' || r.name, a.names
FROM relation r JOIN (
	SELECT attrelid, '(' || string_agg(column_name, ', ') || ')' AS names
	FROM (SELECT attrelid, column_name FROM attribute WHERE relkind IN ('r', 'p', 'f')
		ORDER BY attrelid, attnum) x
	GROUP BY attrelid
) a ON a.attrelid = r.oid
UNION ALL
-- The columns of a view are part of its query, all but a default. Of a column's options only the documented ones: some
-- builds of the server keep internal ones there (pg_attver), which change with every ALTER TABLE.
SELECT 'column ' || a.name,
	concat_ws(' ',
		format_type(a.atttypid, a.atttypmod),
		CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END,
		CASE WHEN a.attnotnull THEN 'NOT NULL' END,
		CASE a.attgenerated WHEN '' THEN 'DEFAULT ' || e.expression
			ELSE 'GENERATED ALWAYS AS (' || e.expression || CASE a.attgenerated
				WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END END,
		CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY'
			WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
		CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE ' || CASE a.attstorage
			WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
		CASE a.compression WHEN 'p' THEN 'COMPRESSION pglz' WHEN 'l' THEN 'COMPRESSION lz4' END,
		'STATISTICS ' || nullif(a.attstattarget, -1),
		'WITH (' || (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(a.attoptions) o
			WHERE o ~ '^n_distinct(_inherited)?=') || ')', 'OPTIONS ' || a.attfdwoptions::text,
		CASE WHEN NOT a.attislocal THEN 'INHERITED' END)
FROM attribute a
	JOIN pg_type t ON t.oid = a.atttypid
	LEFT JOIN LATERAL (SELECT pg_get_expr(adbin, adrelid) AS expression FROM pg_attrdef
		WHERE a.atthasdef AND adrelid = a.attrelid AND adnum = a.attnum) e ON true
WHERE a.relkind IN ('r', 'p', 'f', 'c') OR a.atthasdef
UNION ALL
-- Since PostgreSQL 18 NOT NULL is a constraint too; the column says it already, unless there is more to it.
SELECT 'constraint ' || coalesce(r.name, t.name) || '.' || quote_ident(c.conname), pg_get_constraintdef(c.oid)
FROM pg_constraint c LEFT JOIN relation r ON r.oid = c.conrelid LEFT JOIN own_type t ON t.oid = c.contypid
WHERE (r.oid IS NOT NULL OR t.oid IS NOT NULL) AND c.confrelid NOT IN (TABLE left_out)
	AND c.contype <> 't' AND (c.contype <> 'n' OR NOT c.convalidated OR c.connoinherit)
UNION ALL
-- The index of a constraint is shown only if there is more to it than the constraint says.
SELECT 'index ' || r.name, concat_ws(' ', CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid) END, x.more)
FROM pg_index i JOIN relation r ON r.oid = i.indexrelid
	LEFT JOIN parent p ON p.oid = r.oid
	LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
	JOIN LATERAL (
		SELECT nullif(concat_ws(' ', CASE WHEN c.oid IS NULL THEN 'PARTITION OF ' || p.names END,
			CASE WHEN r.reltablespace <> 0 THEN 'TABLESPACE ' || (SELECT quote_ident(spcname) FROM pg_tablespace
				WHERE oid = r.reltablespace) END,
			CASE WHEN NOT i.indisvalid THEN 'INVALID' END, CASE WHEN i.indisclustered THEN 'CLUSTERED' END,
			CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END), '') AS more
	) x ON c.oid IS NULL OR x.more IS NOT NULL
UNION ALL
SELECT 'sequence ' || r.name,
	concat_ws(' ', CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
		format('%s START %s INCREMENT %s MIN %s MAX %s CACHE %s', s.seqtypid::regtype, s.seqstart, s.seqincrement,
			s.seqmin, s.seqmax, s.seqcache),
		CASE WHEN s.seqcycle THEN 'CYCLE' END, 'OWNED BY ' || a.name)
FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
	LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
		AND d.refclassid = 'pg_class'::regclass
	LEFT JOIN attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
UNION ALL
SELECT kind || ' ' || name, pg_get_functiondef(oid) FROM routine WHERE prokind <> 'a'
UNION ALL
SELECT 'aggregate ' || p.name,
	format('RETURNS %s %s %s %s %s', pg_get_function_result(p.oid), a.aggtranstype::regtype, a.aggmtranstype::regtype,
		a.aggsortop::regoperator,
		to_jsonb(a) - ARRAY['aggfnoid', 'aggtranstype', 'aggmtranstype', 'aggsortop'])
FROM routine p JOIN pg_aggregate a ON a.aggfnoid = p.oid
UNION ALL
SELECT 'trigger ' || r.name || '.' || quote_ident(t.tgname),
	concat_ws(' ', pg_get_triggerdef(t.oid), CASE t.tgenabled
		WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED REPLICA' WHEN 'A' THEN 'ENABLED ALWAYS' END)
FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule ' || r.name || '.' || quote_ident(w.rulename),
	concat_ws(' ', pg_get_ruledef(w.oid), CASE w.ev_enabled
		WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED REPLICA' WHEN 'A' THEN 'ENABLED ALWAYS' END)
FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy ' || r.name || '.' || quote_ident(p.polname),
	concat_ws(' ', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
		'FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
			WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
		'TO ' || (SELECT string_agg(x.name, ', ' ORDER BY x.name COLLATE "C")
			FROM (SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END FROM unnest(p.polroles) role)
				x (name)),
		'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
		'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
UNION ALL
SELECT 'statistics ' || n.name || '.' || quote_ident(s.stxname),
	concat_ws(' ', pg_get_statisticsobjdef(s.oid), 'STATISTICS ' || nullif(s.stxstattarget, -1))
FROM pg_statistic_ext s JOIN namespace n ON n.oid = s.stxnamespace WHERE s.stxrelid NOT IN (TABLE left_out)
UNION ALL
SELECT 'type ' || t.name, CASE t.typtype
	WHEN 'e' THEN 'ENUM (' || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
		FROM pg_enum e WHERE e.enumtypid = t.oid) || ')'
	WHEN 'c' THEN '(' || (SELECT string_agg(column_name, ', ' ORDER BY attnum) FROM attribute
		WHERE attrelid = t.typrelid) || ')'
	WHEN 'r' THEN (
		SELECT concat_ws(' ', 'RANGE', g.rngsubtype::regtype, c.opcname,
			CASE WHEN g.rngcollation <> 0 THEN 'COLLATE ' || g.rngcollation::regcollation END,
			'CANONICAL ' || nullif(g.rngcanonical, 0)::regproc, 'DIFF ' || nullif(g.rngsubdiff, 0)::regproc)
		FROM pg_range g JOIN pg_opclass c ON c.oid = g.rngsubopc WHERE g.rngtypid = t.oid)
	WHEN 'b' THEN format('INPUT %s OUTPUT %s LENGTH %s ALIGN %s STORAGE %s', t.typinput, t.typoutput, t.typlen,
		t.typalign, t.typstorage)
	ELSE 'SHELL' END
FROM own_type t WHERE t.typtype <> 'd'
UNION ALL
SELECT 'domain ' || t.name,
	concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
		CASE WHEN t.typcollation <> b.typcollation THEN 'COLLATE ' || t.typcollation::regcollation END,
		CASE WHEN t.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(t.typdefaultbin, 0))
FROM own_type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd'
UNION ALL
SELECT 'extension ' || quote_ident(e.extname), format('VERSION %s SCHEMA %I', e.extversion, n.nspname)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384
UNION ALL
SELECT 'event trigger ' || quote_ident(evtname),
	concat_ws(' ', 'ON', evtevent, 'TAGS ' || evttags::text, 'EXECUTE', evtfoid::regprocedure, CASE evtenabled
		WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED REPLICA' WHEN 'A' THEN 'ENABLED ALWAYS' END)
FROM pg_event_trigger WHERE ('pg_event_trigger'::regclass::oid, oid) NOT IN (TABLE made_along)
UNION ALL
SELECT 'publication ' || quote_ident(p.pubname),
	concat_ws(' ', to_jsonb(p) - ARRAY['oid', 'pubname', 'pubowner'], CASE WHEN NOT p.puballtables THEN (
		SELECT string_agg(x.line, ', ' ORDER BY x.line COLLATE "C")
		FROM (
			SELECT concat_ws(' ', r.name,
				CASE WHEN to_jsonb(m) ->> 'prattrs' IS NOT NULL THEN to_jsonb(t) ->> 'attnames' END,
				'WHERE ' || (to_jsonb(t) ->> 'rowfilter'))
			FROM pg_publication_tables t JOIN relation r ON r.name = format('%I.%I', t.schemaname, t.tablename)
				LEFT JOIN pg_publication_rel m ON m.prpubid = p.oid AND m.prrelid = r.oid
			WHERE t.pubname = p.pubname
		) x (line)) END)
FROM pg_publication p
UNION ALL
SELECT i.type || ' ' || i.identity, coalesce(o.definition, '')
FROM other o, pg_identify_object(o.classid, o.oid, 0) i
WHERE o.oid >= 16384 AND (o.classid::oid, o.oid) NOT IN (TABLE made_along)
UNION ALL
SELECT 'comment ' || CASE d.objsubid WHEN 0 THEN r.kind || ' ' || r.name ELSE 'column ' || a.name END, d.description
FROM pg_description d JOIN relation r ON r.oid = d.objoid
	LEFT JOIN attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
WHERE d.classoid = 'pg_class'::regclass
UNION ALL
SELECT 'comment ' || i.type || ' ' || i.identity, d.description
FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE d.classoid <> 'pg_class'::regclass
	AND (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid IN (SELECT oid FROM namespace)
		AND d.description <> 'standard public schema')
	AND (d.classoid, d.objoid) NOT IN (TABLE made_along)
	AND (d.classoid, d.objoid) NOT IN (SELECT classid, objid FROM pg_depend
		WHERE refclassid = 'pg_class'::regclass AND refobjid IN (TABLE left_out)
			AND (deptype IN ('a', 'i') OR classid = 'pg_constraint'::regclass))
UNION ALL
-- The owner of the database owns what nobody else does; before PostgreSQL 15 the schema public is a superuser's.
SELECT 'owner ' || o.name, o.owner::regrole::text
FROM owned o JOIN pg_database d ON d.datname = current_database()
WHERE o.owner <> d.datdba AND o.owner::regrole::text <> 'pg_database_owner'
	AND NOT (o.name = 'schema public' AND o.owner = 10)
UNION ALL
-- Differences to what an owner and PUBLIC have from the start, so that a GRANT and its REVOKE leave nothing.
SELECT format('%s %s %s %s', g.sign, o.name, CASE g.sign WHEN 'grant' THEN 'to' ELSE 'from' END,
		CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END),
	string_agg(g.privilege_type || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
		ORDER BY g.privilege_type COLLATE "C", g.is_grantable)
FROM owned o JOIN LATERAL (
	SELECT 'grant' AS sign, * FROM (SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.acl)
		EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.initial)) x
	UNION ALL
	SELECT 'revoke', * FROM (SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.initial)
		EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(o.acl)) x
) g ON true
WHERE o.acl IS NOT NULL
GROUP BY o.name, g.sign, g.grantee
UNION ALL
SELECT 'default privileges ' || concat_ws(' ', d.defaclrole::regrole, 'in ' || quote_ident(n.nspname), CASE d.defaclobjtype
		WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
		WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END),
	(SELECT string_agg(item, ', ' ORDER BY item COLLATE "C") FROM (SELECT unnest(d.defaclacl)::text) x (item))
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
