-- Whoever reports reads everything, tables that have just been made too. Where there is no such role, nobody reports.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${report-role}') THEN
		GRANT SELECT ON ALL TABLES IN SCHEMA public TO "${report-role}";
	END IF;
END
$$;
