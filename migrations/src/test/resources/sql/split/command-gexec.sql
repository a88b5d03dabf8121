SELECT 'x' \gexec
