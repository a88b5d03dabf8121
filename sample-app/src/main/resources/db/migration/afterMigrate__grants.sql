-- Reports read all tables and views but Samara's own, whose names begin with samara_: the history contains SQL. Where there is no
-- such role, nothing is granted.
DO $$
DECLARE
	relation regclass;
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${report-role}') THEN
		FOR relation IN
			SELECT oid::regclass FROM pg_class
			WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND NOT starts_with(relname, 'samara_')
		LOOP
			EXECUTE format('GRANT SELECT ON TABLE %s TO %I', relation, '${report-role}');
		END LOOP;
	END IF;
END
$$;
