-- Whoever reports reads everything, tables that have just been made too. Where there is no such role, nobody reports.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nursery_report') THEN
		GRANT SELECT ON ALL TABLES IN SCHEMA public TO nursery_report;
	END IF;
END
$$;
